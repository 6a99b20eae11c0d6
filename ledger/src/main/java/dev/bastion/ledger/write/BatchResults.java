package dev.bastion.ledger.write;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.write.GroupCommit.Pending;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The results of one attempt to write a batch. They are delivered once the attempt counts. */
final class BatchResults {
    private final Set<LedgerChange> writtenBefore;
    private final Set<LedgerChange> added = new HashSet<>();
    private final List<Runnable> completions = new ArrayList<>();

    /**
     * @param writtenBefore changes that earlier attempts put on the branch; finding one there does not make it a repeat
     */
    BatchResults(Set<LedgerChange> writtenBefore) {
        this.writtenBefore = writtenBefore;
    }

    void decide(ChangeBatch draft, Pending<LedgerChange, RecordResult> pending) {
        try {
            RecordResult result = draft.record(pending.change());
            if (result instanceof RecordResult.Recorded(var commit, var grant, boolean repeated)) {
                boolean isFirstTime = !repeated || writtenBefore.contains(pending.change());
                if (isFirstTime) {
                    added.add(pending.change());
                }
                RecordResult outcome = new RecordResult.Recorded(commit, grant, !isFirstTime);
                completions.add(() -> pending.result().complete(outcome));
            } else {
                completions.add(() -> pending.result().complete(result));
            }
        } catch (CloneBroken | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error failure) {
            completions.add(() -> pending.result().completeExceptionally(failure));
        }
    }

    /** The changes that this attempt or an earlier one added to the ledger. */
    Set<LedgerChange> added() {
        return added;
    }

    /** The deliveries, one per waiting caller. */
    List<Runnable> completions() {
        return completions;
    }
}
