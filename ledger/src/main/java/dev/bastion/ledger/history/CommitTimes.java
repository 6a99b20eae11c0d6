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
 *
 * @param now the time of the reading
 */
record CommitTimes(Instant now) {
    /** How far another machine's clock may be ahead. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** @param before the time of an earlier commit; {@link Instant#MIN} when none is known */
    Instant of(Commit commit, Instant before) {
        Instant possible = isOfTheFuture(commit.at()) ? before : Timestamps.earlier(commit.at(), now);
        return Timestamps.clamped(possible.isBefore(before) ? before : possible);
    }

    /** An unsigned entry, which ended when its commit was made if it claims to end in the future. */
    LedgerEntry possible(LedgerEntry entry, Instant committedAt) {
        return entry.endedAt().filter(this::isOfTheFuture).isPresent() ? entry.endedAt(committedAt) : entry;
    }

    private boolean isOfTheFuture(Instant moment) {
        return moment.isAfter(now.plus(CLOCKS_DIFFER));
    }
}
