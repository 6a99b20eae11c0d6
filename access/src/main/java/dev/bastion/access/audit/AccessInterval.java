package dev.bastion.access.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a bastion could be used, from the opening of its grant until it was gone.
 *
 * @param until the first moment after it; empty while it is open at the head
 */
public record AccessInterval(Instant from, Optional<Instant> until, Until meaning) {
    /** What the end of the interval is. */
    public enum Until {
        /** An entry says that the instance was observed absent. */
        GONE("gone"),
        /** No entry says so: the grant ended then, and the instance may have lived on for a while. */
        ENDED("ended; no entry says when it was gone"),
        OPEN("still open");

        private final String words;

        Until(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static AccessInterval of(GrantRecord grant) {
        if (grant.gone().isPresent()) {
            Instant gone = grant.gone().get().fact().at();
            return new AccessInterval(grant.openedAt(), Optional.of(gone), Until.GONE);
        }
        if (grant.ending().isPresent()) {
            Instant ended = grant.ending().get().fact().at();
            return new AccessInterval(grant.openedAt(), Optional.of(ended), Until.ENDED);
        }
        return new AccessInterval(grant.openedAt(), Optional.empty(), Until.OPEN);
    }

    /** Whether it includes a moment. */
    public boolean includes(Instant moment) {
        return !moment.isBefore(from) && (until.isEmpty() || moment.isBefore(until.get()));
    }

    /** Whether any of it is in a period. */
    public boolean overlaps(Period period) {
        boolean beginsBeforeItsEnd =
                period.to().isEmpty() || from.isBefore(period.to().get());
        boolean endsAfterItsStart = period.from().isEmpty()
                || until.isEmpty()
                || !until.get().isBefore(period.from().get());
        return beginsBeforeItsEnd && endsAfterItsStart;
    }
}
