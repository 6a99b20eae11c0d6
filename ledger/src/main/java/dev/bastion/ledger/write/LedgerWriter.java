package dev.bastion.ledger.write;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.write.GroupCommit.Pending;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The writer of change batches: decides, commits and pushes, and tries again on the new head when another push was faster. */
public final class LedgerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int MAX_ATTEMPTS = 5;
    /** The rejections after which the whole batch counts as rejected. */
    private static final int MAX_REJECTIONS = 12;
    /** The most changes of a batch that a log line names. */
    private static final int MOST_NAMED = 10;

    private final LedgerBranch branch;
    private final RetryPolicy<Optional<List<Runnable>>> retryPolicy;

    public LedgerWriter(LedgerBranch branch) {
        this.branch = branch;
        this.retryPolicy = RetryBackoff.<Optional<List<Runnable>>>attempts(
                        MAX_ATTEMPTS, branch.settings().pacing())
                .handle(LedgerUnreachable.class, CloneBroken.class)
                .onFailedAttempt(attempt -> LOG.atWarn()
                        .addKeyValue("attempt", attempt.getAttemptCount())
                        .setCause(attempt.getLastException())
                        .log("ledger.attempt-failed"))
                .build();
    }

    /** Completes each change's result: its receipt, or why it was not written. */
    public void write(List<Pending<LedgerChange, RecordResult>> batch) {
        WorkContext.current().with(about(batch)).run(() -> write(batch, MAX_REJECTIONS));
    }

    /** The fields of log lines: of several changes the requests and the environments of the first ones. */
    private static Map<String, String> about(List<Pending<LedgerChange, RecordResult>> batch) {
        return Map.of(
                WorkContext.REQUEST, joined(batch, change -> change.requestId().value()),
                WorkContext.ENVIRONMENT,
                        joined(batch, change -> change.environment().value()));
    }

    private static String joined(
            List<Pending<LedgerChange, RecordResult>> batch, Function<LedgerChange, String> field) {
        return batch.stream()
                .map(pending -> field.apply(pending.change()))
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(","));
    }

    /** @return how many more rejections the batch may meet */
    private int write(List<Pending<LedgerChange, RecordResult>> batch, int rejectionsLeft) {
        try {
            attempt(batch).forEach(Runnable::run);
            return rejectionsLeft;
        } catch (LedgerUnreachable e) {
            return failAll(batch, e, rejectionsLeft);
        } catch (LedgerRejected e) {
            // the remote's rule may concern one change only: halves isolate it
            int half = batch.size() / 2;
            return half == 0 || rejectionsLeft == 0
                    ? failAll(batch, e, Math.max(0, rejectionsLeft - 1))
                    : write(batch.subList(half, batch.size()), write(batch.subList(0, half), rejectionsLeft - 1));
        }
    }

    private static int failAll(
            List<Pending<LedgerChange, RecordResult>> batch, CallFailed failure, int rejectionsLeft) {
        LoggingEventBuilder event = LOG.atWarn().addKeyValue("changes", batch.size());
        for (Map.Entry<String, String> field : failure.fault().fields().entrySet()) {
            event = event.addKeyValue(field.getKey(), field.getValue());
        }
        event.setCause(failure).log("ledger.not-written");
        batch.forEach(pending -> pending.result().completeExceptionally(failure));
        return rejectionsLeft;
    }

    private List<Runnable> attempt(List<Pending<LedgerChange, RecordResult>> batch) {
        Set<LedgerChange> written = new HashSet<>();
        AtomicReference<@Nullable LedgerUnreachable> unknown = new AtomicReference<>();
        try {
            return Failsafe.with(retryPolicy)
                    .get(context -> attemptOnce(batch, written, unknown, context))
                    .orElseThrow(() -> LedgerUnreachable.later("writing", new IOException(LostRaces.givenUp())));
        } catch (CloneBroken e) {
            throw new LedgerUnreachable("writing", e);
        } catch (LedgerUnreachable | LedgerRejected e) {
            // the last attempt did nothing, but an earlier one may have arrived and was not looked at since
            LedgerUnreachable earlier = unknown.get();
            throw earlier == null ? e : earlier;
        }
    }

    /** Empty when too many races were lost. */
    private Optional<List<Runnable>> attemptOnce(
            List<Pending<LedgerChange, RecordResult>> batch,
            Set<LedgerChange> written,
            AtomicReference<@Nullable LedgerUnreachable> unknown,
            ExecutionContext<Optional<List<Runnable>>> context) {
        if (context.getLastException() != null) {
            recover(context.getAttemptCount() + 1);
            unknown.set(null);
        }
        try {
            return LostRaces.retry(() -> pushOnce(batch, written));
        } catch (LedgerUnreachable e) {
            if (e.fault() instanceof Fault.Unknown) {
                unknown.set(e);
            }
            throw e;
        }
    }

    /** Empty when another push was faster. */
    private Optional<List<Runnable>> pushOnce(
            List<Pending<LedgerChange, RecordResult>> batch, Set<LedgerChange> written) {
        BatchResults results = new BatchResults(written);
        return switch (branch.write(draft -> batch.forEach(pending -> results.decide(draft, pending)))) {
            case ACCEPTED -> Optional.of(results.completions());
            case LOST_RACE -> Optional.empty();
            case REWRITTEN -> {
                written.addAll(results.added());
                yield confirmRewritten(batch, written);
            }
        };
    }

    /** Decides again after the remote rewrote the commits, which finds them under their new ids. */
    private Optional<List<Runnable>> confirmRewritten(
            List<Pending<LedgerChange, RecordResult>> batch, Set<LedgerChange> written) {
        BatchResults results = new BatchResults(written);
        return branch.write(draft -> batch.forEach(pending -> results.decide(draft, pending))) == PushOutcome.ACCEPTED
                ? Optional.of(results.completions())
                : Optional.empty();
    }

    /**
     * A failed push may have arrived all the same, so the branch is read again; the last attempt starts from a new
     * clone.
     */
    private void recover(int attempt) {
        if (attempt == MAX_ATTEMPTS) {
            branch.reclone();
        } else {
            branch.refresh();
        }
    }
}
