package dev.bastion.ledger.write;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.write.GroupCommit.Waiting;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches of changes: decides, commits and pushes, and again on the new head when somebody else was faster. */
public final class LedgerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int ATTEMPTS = 5;
    /** How many refusals of one batch it takes to believe that all of it is refused. */
    private static final int REFUSALS = 12;

    /** Pauses of anything up to a bound that doubles from 250 ms to 2 s, so that those who lost part ways. */
    private static final RetryPolicy<Optional<List<Runnable>>> RETRY_POLICY =
            RetryPolicy.<Optional<List<Runnable>>>builder()
                    .handle(LedgerUnreachable.class, CloneBroken.class)
                    .handleResult(Optional.empty())
                    .withMaxAttempts(ATTEMPTS)
                    .withBackoff(Duration.ofMillis(125), Duration.ofSeconds(1))
                    .withJitter(1.0)
                    .onFailedAttempt(attempt -> LOG.atWarn()
                            .addKeyValue("attempt", attempt.getAttemptCount())
                            .addKeyValue("outrun", attempt.getLastException() == null)
                            .setCause(attempt.getLastException())
                            .log("ledger.attempt-failed"))
                    .build();

    private final LedgerBranch branch;

    public LedgerWriter(LedgerBranch branch) {
        this.branch = branch;
    }

    /** Completes the answer of each: its receipt, or why it could not be written. */
    public void write(List<Waiting<LedgerChange, RecordResult>> batch) {
        write(batch, REFUSALS);
    }

    /** @return how many more refusals may be met */
    private int write(List<Waiting<LedgerChange, RecordResult>> batch, int refusals) {
        try {
            attempt(batch).forEach(Runnable::run);
            return refusals;
        } catch (LedgerUnreachable e) {
            return failed(batch, e, refusals);
        } catch (LedgerRejected e) {
            // a rule of the remote may be about one of them only: the others must not suffer for it
            int half = batch.size() / 2;
            return half == 0 || refusals == 0
                    ? failed(batch, e, Math.max(0, refusals - 1))
                    : write(batch.subList(half, batch.size()), write(batch.subList(0, half), refusals - 1));
        }
    }

    private static int failed(List<Waiting<LedgerChange, RecordResult>> batch, RuntimeException failure, int refusals) {
        LOG.atWarn().addKeyValue("changes", batch.size()).setCause(failure).log("ledger.not-written");
        batch.forEach(one -> one.answer().completeExceptionally(failure));
        return refusals;
    }

    private List<Runnable> attempt(List<Waiting<LedgerChange, RecordResult>> batch) {
        Set<LedgerChange> written = new HashSet<>();
        try {
            return Failsafe.with(RETRY_POLICY)
                    .get(context -> once(batch, written, context))
                    .orElseThrow(() -> new LedgerUnreachable("writing", new IOException("others kept being faster")));
        } catch (CloneBroken e) {
            throw new LedgerUnreachable("writing", e);
        }
    }

    /** Empty when somebody else was faster. */
    private Optional<List<Runnable>> once(
            List<Waiting<LedgerChange, RecordResult>> batch,
            Set<LedgerChange> written,
            ExecutionContext<Optional<List<Runnable>>> context) {
        if (context.getLastException() != null) {
            mend(context.getAttemptCount() + 1);
        }
        return once(batch, written);
    }

    private Optional<List<Runnable>> once(List<Waiting<LedgerChange, RecordResult>> batch, Set<LedgerChange> written) {
        BatchResults decided = new BatchResults(written);
        return switch (branch.write(draft -> batch.forEach(one -> decided.decide(draft, one)))) {
            case ACCEPTED -> Optional.of(decided.answers());
            case OUTRUN -> Optional.empty();
            case RENAMED -> {
                written.addAll(decided.added());
                yield reread(batch, written);
            }
        };
    }

    /** What was written stands there under other names: deciding once more finds it. */
    private Optional<List<Runnable>> reread(
            List<Waiting<LedgerChange, RecordResult>> batch, Set<LedgerChange> written) {
        BatchResults decided = new BatchResults(written);
        return branch.write(draft -> batch.forEach(one -> decided.decide(draft, one))) == PushOutcome.ACCEPTED
                ? Optional.of(decided.answers())
                : Optional.empty();
    }

    /** What failed may have been written all the same; the last attempt trusts nothing that is on this disk. */
    private void mend(int attempt) {
        if (attempt == ATTEMPTS) {
            branch.renew();
        } else {
            branch.refresh();
        }
    }
}
