package dev.bastion.access.reconcile;

import dev.bastion.access.forwarding.ForwardingNotifier;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A notifier that logs and counts each alarm before it is sent, so that people learn of it while Slack is down. Callers repeat
 * an alarm while its cause stands; it is logged once.
 */
public final class AlarmLoggingNotifier implements ForwardingNotifier {
    /** An alarm that was not repeated for this long is over. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private record Key(AlarmKind kind, List<Object> cause) {}

    private final Notifier notifier;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final Map<Key, Instant> standing = new ConcurrentHashMap<>();

    public AlarmLoggingNotifier(Notifier notifier, ReconcileLog log, InstantSource clock) {
        this.notifier = notifier;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Notifier delegate() {
        return notifier;
    }

    /**
     * Logs and sends an alarm; a log that fails does not keep people from the message, and the next call logs it.
     *
     * @param cause what distinguishes this alarm from others of its kind
     */
    private void alarm(AlarmKind kind, List<Object> cause, Map<String, String> fields, Runnable message) {
        try {
            log(kind, cause, fields);
        } finally {
            message.run();
        }
    }

    private void log(AlarmKind kind, List<Object> cause, Map<String, String> fields) {
        var now = clock.instant();
        standing.values().removeIf(last -> last.plus(FORGOTTEN).isBefore(now));
        standing.compute(new Key(kind, cause), (_, last) -> {
            if (last == null) {
                log.alarm(kind, fields);
            }
            return now;
        });
    }

    @Override
    public void show(GrantStatus status) {
        var grant = status.grant();
        switch (status.stage()) {
            case GrantStage.Overdue overdue
            when overdue.isAlarming() ->
                alarm(
                        AlarmKind.OVERDUE,
                        List.of(grant.request()),
                        fields(grant, "ended_at", grant.expiresAt().toString()),
                        () -> notifier.show(status));
            case GrantStage.Lingering(var past, var _, var bastion) ->
                alarm(
                        AlarmKind.LINGERING,
                        List.of(past.grant().request()),
                        fields(past.grant(), "instance", bastion.instance()),
                        () -> notifier.show(status));
            case GrantStage.Overdue _,
                    GrantStage.Applying _,
                    GrantStage.ApplyFailed _,
                    GrantStage.Ready _,
                    GrantStage.EndsSoon _,
                    GrantStage.Unreadable _,
                    GrantStage.Closing _,
                    GrantStage.Gone _ -> notifier.show(status);
        }
    }

    private static Map<String, String> fields(Grant grant, String name, String value) {
        return Map.of(
                "environment",
                grant.environment().value(),
                "request",
                grant.request().value(),
                "holder",
                grant.holder().name(),
                name,
                value);
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        alarm(
                AlarmKind.OPEN_WITHOUT_APPROVAL,
                List.of(grant.environment(), by),
                fields(grant, "commit", by.value()),
                () -> notifier.openWithoutApproval(grant, by, evaluation));
    }

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        var commit = environment.edit().map(EnvironmentState.Edit::commit);
        alarm(
                AlarmKind.ENVIRONMENT_UNREADABLE,
                List.of(environment.environment(), commit, isAtItsEnd),
                Map.of(
                        "environment", environment.environment().value(),
                        "problem", environment.problem(),
                        "commit", commit.map(CommitId::value).orElse(""),
                        "committer",
                                environment.edit().map(edit -> edit.by().name()).orElse(""),
                        "ends_at",
                                environment
                                        .grant()
                                        .map(grant -> grant.expiresAt().toString())
                                        .orElse(""),
                        "at_its_end", String.valueOf(isAtItsEnd)),
                () -> notifier.environmentUnreadable(environment, isAtItsEnd));
    }

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {
        var bastion = found.bastion();
        alarm(
                AlarmKind.INSTANCE_UNEXPLAINED,
                List.of(bastion.instance()),
                Map.of(
                        "instance", bastion.instance(),
                        "environment", bastion.environment(),
                        "request", bastion.request().map(RequestId::value).orElse(""),
                        "ledger", bastion.ownership().ledger().orElse(""),
                        "cause", found.cause().name().toLowerCase(Locale.ROOT),
                        "terminated_at",
                                found.terminatedAt().map(Instant::toString).orElse("never")),
                () -> notifier.instanceUnexplained(found));
    }

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {
        alarm(
                AlarmKind.TERMINATION_REFUSED,
                List.of(bastion.instance()),
                Map.of("instance", bastion.instance(), "environment", bastion.environment(), "reason", why),
                () -> notifier.terminationRefused(bastion, why, remedy));
    }

    @Override
    public void layoutProblem(LayoutProblem problem) {
        alarm(
                AlarmKind.LAYOUT_PROBLEM,
                List.of(problem),
                Map.of(
                        "kind", problem.kind().name().toLowerCase(Locale.ROOT),
                        "path", problem.path(),
                        "problem", problem.problem(),
                        "commit", problem.commit().value(),
                        "committer", problem.by()),
                () -> notifier.layoutProblem(problem));
    }
}
