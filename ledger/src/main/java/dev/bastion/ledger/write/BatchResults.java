package dev.bastion.ledger.write;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.write.GroupCommit.Waiting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one attempt has decided; nobody is told before it counts. */
final class BatchResults {
    private final Set<LedgerChange> writtenBefore;
    private final Set<LedgerChange> added = new HashSet<>();
    private final List<Runnable> answers = new ArrayList<>();

    /** @param writtenBefore what earlier attempts brought onto the branch: finding it there is not finding it repeated */
    BatchResults(Set<LedgerChange> writtenBefore) {
        this.writtenBefore = writtenBefore;
    }

    void decide(ChangeBatch draft, Waiting<LedgerChange, RecordResult> one) {
        try {
            RecordResult result = draft.record(one.change());
            if (result instanceof RecordResult.Recorded(var commit, var grant, boolean repeated)) {
                boolean ours = !repeated || writtenBefore.contains(one.change());
                if (ours) {
                    added.add(one.change());
                }
                RecordResult told = new RecordResult.Recorded(commit, grant, !ours);
                answers.add(() -> one.answer().complete(told));
            } else {
                answers.add(() -> one.answer().complete(result));
            }
        } catch (CloneBroken e) {
            throw e;
        } catch (RuntimeException bug) {
            answers.add(() -> one.answer().completeExceptionally(bug));
        }
    }

    /** What this attempt adds to the ledger, or an earlier one has added. */
    Set<LedgerChange> added() {
        return added;
    }

    /** Each tells one of those who wait. */
    List<Runnable> answers() {
        return answers;
    }
}
