package dev.bastion.app.trace;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * CI's reports, whose runs are steps of traces. A run lasts from when CI reported that it runs until it reported its end; where
 * this process saw no beginning, from the commit.
 */
final class TracedApplies implements ApplyMonitor {
    private static final int MOST_REMEMBERED = 1_000;

    private final ApplyMonitor applies;
    private final GrantLedger ledger;
    private final GrantTrace trace;
    private final InstantSource clock;
    private final Map<CommitId, Instant> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CommitId, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Commit(RequestId request, Instant at, String action) {}

    TracedApplies(ApplyMonitor applies, GrantLedger ledger, GrantTrace trace, InstantSource clock) {
        this.applies = applies;
        this.ledger = ledger;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public ApplyStatus reportOn(EnvironmentName environment, CommitId commit) {
        ApplyStatus status = applies.reportOn(environment, commit);
        Instant at = status.at().orElseGet(clock::instant);
        switch (status) {
            case ApplyStatus.Unknown _ -> {}
            case ApplyStatus.Running _ -> begins(commit, at);
            case ApplyStatus.Succeeded _ -> ended(environment, commit, at, false);
            case ApplyStatus.Failed _ -> ended(environment, commit, at, true);
        }
        return status;
    }

    private void begins(CommitId commit, Instant at) {
        synchronized (begun) {
            begun.putIfAbsent(commit, at);
        }
    }

    private void ended(EnvironmentName environment, CommitId commit, Instant at, boolean hasFailed) {
        known(environment, commit).ifPresent(of -> {
            TraceStep step = new TraceStep(
                            of.request(),
                            environment,
                            StepKind.APPLY,
                            commit.value() + (hasFailed ? " failed " + at : ""),
                            beginning(commit).orElse(of.at()),
                            at)
                    .with("commit", commit.value())
                    .with("action", of.action());
            trace.record(hasFailed ? step.failed() : step);
        });
    }

    private Optional<Instant> beginning(CommitId commit) {
        synchronized (begun) {
            return Optional.ofNullable(begun.get(commit));
        }
    }

    private Optional<Commit> known(EnvironmentName environment, CommitId commit) {
        Optional<Commit> opened = ledger.lastSeen().openGrants().stream()
                .filter(grant -> grant.openedBy().equals(commit))
                .map(TracedApplies::opening)
                .findFirst();
        return opened.or(() -> ledger.history(environment, 10).stream()
                .flatMap(past -> of(past, commit).stream())
                .findFirst());
    }

    private static Optional<Commit> of(PastGrant past, CommitId commit) {
        if (past.closedBy().equals(commit)) {
            return Optional.of(new Commit(past.grant().request(), past.endedAt(), "end"));
        }
        return past.grant().openedBy().equals(commit) ? Optional.of(opening(past.grant())) : Optional.empty();
    }

    private static Commit opening(Grant grant) {
        return new Commit(grant.request(), grant.createdAt(), "open");
    }
}
