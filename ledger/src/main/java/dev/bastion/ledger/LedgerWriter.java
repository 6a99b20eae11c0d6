package dev.bastion.ledger;

import dev.bastion.access.LedgerChange;
import dev.bastion.access.LedgerRefused;
import dev.bastion.access.LedgerUnreachable;
import dev.bastion.access.Receipt;
import dev.bastion.ledger.GroupCommit.Waiting;
import dev.bastion.ledger.git.CloneBroken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches of changes: decides, commits and pushes, and again on the new head when somebody else was faster. */
final class LedgerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int ATTEMPTS = 5;
    /** How many refusals of one batch it takes to believe that all of it is refused. */
    private static final int REFUSALS = 12;

    private final Branch branch;
    private final Backoff backoff = new Backoff();

    LedgerWriter(Branch branch) {
        this.branch = branch;
    }

    /** Completes the answer of each: its receipt, or why it could not be written. */
    void write(List<Waiting<LedgerChange, Receipt>> batch) {
        write(batch, REFUSALS);
    }

    /** @return how many more refusals may be met */
    private int write(List<Waiting<LedgerChange, Receipt>> batch, int refusals) {
        try {
            attempt(batch).forEach(Runnable::run);
            return refusals;
        } catch (LedgerUnreachable e) {
            return failed(batch, e, refusals);
        } catch (LedgerRefused e) {
            // a rule of the remote may be about one of them only: the others must not suffer for it
            int half = batch.size() / 2;
            return half == 0 || refusals == 0
                    ? failed(batch, e, Math.max(0, refusals - 1))
                    : write(batch.subList(half, batch.size()), write(batch.subList(0, half), refusals - 1));
        }
    }

    private static int failed(List<Waiting<LedgerChange, Receipt>> batch, RuntimeException failure, int refusals) {
        LOG.atWarn().addKeyValue("changes", batch.size()).setCause(failure).log("ledger.not-written");
        batch.forEach(one -> one.answer().completeExceptionally(failure));
        return refusals;
    }

    private List<Runnable> attempt(List<Waiting<LedgerChange, Receipt>> batch) {
        RuntimeException last = new LedgerUnreachable("writing", new IOException("others kept being faster"));
        boolean outrun = true;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                prepare(attempt, outrun);
                List<Runnable> answers = new ArrayList<>();
                if (branch.write(draft -> batch.forEach(one -> answers.add(decide(draft, one))))) {
                    return answers;
                }
                outrun = true;
            } catch (LedgerUnreachable | CloneBroken e) {
                LOG.atWarn().addKeyValue("attempt", attempt).setCause(e).log("ledger.attempt-failed");
                last = e;
                outrun = false;
            }
            if (attempt < ATTEMPTS) {
                backoff.waitAfter(attempt);
            }
        }
        throw last instanceof CloneBroken ? new LedgerUnreachable("writing", last) : last;
    }

    /** What failed may have been written all the same; the last attempt trusts nothing that is on this disk. */
    private void prepare(int attempt, boolean outrun) {
        if (attempt == ATTEMPTS && !outrun) {
            branch.renew();
        } else if (!outrun) {
            branch.refresh();
        }
    }

    /** Decides one change; answers what tells its outcome, once it counts. */
    private static Runnable decide(Batch draft, Waiting<LedgerChange, Receipt> one) {
        try {
            Receipt receipt = draft.record(one.change());
            return () -> one.answer().complete(receipt);
        } catch (CloneBroken e) {
            throw e;
        } catch (RuntimeException bug) {
            return () -> one.answer().completeExceptionally(bug);
        }
    }
}
