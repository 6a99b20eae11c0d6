package dev.bastion.ledger.history;

import dev.bastion.access.grant.Timestamps;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.git.object.Commit;
import java.time.Duration;
import java.time.Instant;

/**
 * The times of commits that the service did not sign. Their authors choose what a commit says, so it counts only as far as it is
 * possible: no commit is older than the one before it, and none is of the future. One that claims the future has the time of
 * the one before it, so that it is never taken for newer than it is, whenever it is read.
 */
final class CommitTimes {
    /** How far another machine's clock may be ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Instant now;
    private TimeWindow window;

    /**
     * @param now the time of the reading
     * @param window that of the commits before
     */
    CommitTimes(Instant now, TimeWindow window) {
        this.now = now;
        this.window = window;
    }

    /** When a reading has these times. */
    TimeWindow window() {
        return window;
    }

    /** @param before the time of an earlier commit; {@link Instant#MIN} when none is known */
    Instant of(Commit commit, Instant before) {
        Instant possible = isOfTheFuture(commit.at()) ? before : noLaterThanNow(commit.at());
        return Timestamps.clamped(possible.isBefore(before) ? before : possible);
    }

    /** An unsigned entry, which ended when its commit was made if it claims to end in the future. */
    LedgerEntry possible(LedgerEntry entry, Instant committedAt) {
        return entry.endedAt().filter(this::isOfTheFuture).isPresent() ? entry.endedAt(committedAt) : entry;
    }

    private Instant noLaterThanNow(Instant moment) {
        window = window.and(TimeWindow.ofTimeUpTo(now, moment));
        return Timestamps.earlier(moment, now);
    }

    private boolean isOfTheFuture(Instant moment) {
        boolean isOfTheFuture = moment.isAfter(now.plus(CLOCKS_DIFFER));
        Instant past = moment.minus(CLOCKS_DIFFER);
        window = isOfTheFuture ? window.before(past) : window.notBefore(past);
        return isOfTheFuture;
    }
}
