package dev.bastion.ledger.history;

import java.time.Instant;

/**
 * The moments at which a reading of the same commits has the same result. Commits that claim a time of the future bound it: when
 * that time comes, they count for what they claim.
 *
 * @param until the first moment at which the result may differ
 */
public record TimeWindow(Instant from, Instant until) {
    public static final TimeWindow ALWAYS = new TimeWindow(Instant.MIN, Instant.MAX);

    /** The window of a reading that another one may not repeat. */
    public static final TimeWindow NEVER = new TimeWindow(Instant.MAX, Instant.MIN);

    /** The moments at which a moment that is cut to the present is the same. */
    public static TimeWindow ofTimeUpTo(Instant now, Instant moment) {
        return moment.isAfter(now) ? NEVER : ALWAYS.notBefore(moment);
    }

    public boolean contains(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    public TimeWindow notBefore(Instant moment) {
        return moment.isAfter(from) ? new TimeWindow(moment, until) : this;
    }

    TimeWindow before(Instant moment) {
        return moment.isBefore(until) ? new TimeWindow(from, moment) : this;
    }

    /** The moments of both. */
    public TimeWindow and(TimeWindow other) {
        return notBefore(other.from).before(other.until);
    }
}
