package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** An alarm reaches people on each way although another way fails. */
class AlarmLoggingNotifierTest {
    private static final Grant GRANT = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
    private static final BastionObservation BASTION = new BastionObservation(
            "dev", Optional.empty(), "i-1", BastionObservation.Condition.READY, "running", Optional.empty());
    private static final GrantStatus OVERDUE = new GrantStatus(GRANT, new GrantStage.Overdue(Duration.ofMinutes(1)));

    private final RecordedNotifications messages = new RecordedNotifications();
    private final Log log = new Log();

    /** A log that can fail. */
    private static final class Log implements ReconcileLog {
        private final List<AlarmKind> alarms = new ArrayList<>();
        private boolean fails;

        @Override
        public void alarm(AlarmKind kind, Map<String, String> fields) {
            if (fails) {
                throw new IllegalStateException("the disk is full");
            }
            alarms.add(kind);
        }

        @Override
        public void failed(String event, Map<String, String> fields, Throwable failure) {}

        @Override
        public void foundPastEnd(Grant grant) {}
    }

    @Test
    void aLogThatFailsKeepsNoMessageFromPeopleAndIsTriedAgain() {
        Notifier notifier = new AlarmLoggingNotifier(messages, log, () -> NOW);
        List<Consumer<Notifier>> alarms = List.of(
                one -> one.show(OVERDUE),
                one -> one.environmentUnreadable(EnvironmentState.Unclear.withoutCommit(DEV, "odd"), false),
                one -> one.terminationRefused(BASTION, "denied", "Allow it."));
        log.fails = true;
        alarms.forEach(alarm -> assertThatThrownBy(() -> alarm.accept(notifier)).hasMessage("the disk is full"));
        assertThat(messages.stages).hasSize(1);
        assertThat(messages.unreadable).hasSize(1);
        assertThat(messages.refusedTerminations).hasSize(1);
        log.fails = false;
        alarms.forEach(alarm -> alarm.accept(notifier));
        alarms.forEach(alarm -> alarm.accept(notifier));
        assertThat(log.alarms)
                .containsExactly(AlarmKind.OVERDUE, AlarmKind.ENVIRONMENT_UNREADABLE, AlarmKind.TERMINATION_REFUSED);
    }

    @Test
    void eachKindOfAlarmIsSentAndLogged() {
        Notifier notifier = new AlarmLoggingNotifier(messages, log, () -> NOW);
        Instant later = GRANT.expiresAt().plusSeconds(60);
        PastGrant past = new PastGrant(GRANT, new End.Expired(), GRANT.expiresAt(), GRANT.openedBy());
        notifier.show(OVERDUE);
        notifier.show(new GrantStatus(GRANT, new GrantStage.Lingering(past, Duration.ofMinutes(1), BASTION)));
        notifier.openWithoutApproval(GRANT, GRANT.openedBy(), new Evaluation(List.of(), List.of()));
        notifier.environmentUnreadable(EnvironmentState.Unclear.withoutCommit(DEV, "odd"), false);
        notifier.instanceUnexplained(
                new UnexplainedInstance(BASTION, UnexplainedInstance.Cause.CLOSED, NOW, Optional.of(later)));
        notifier.terminationRefused(BASTION, "denied", "Allow it.");
        notifier.layoutProblem(new LayoutProblem(
                LayoutProblem.Kind.LOOKALIKE, "other.hcl", "it sets deploy_bastion", GRANT.openedBy(), "jane.roe"));
        assertThat(log.alarms)
                .containsExactly(
                        AlarmKind.OVERDUE,
                        AlarmKind.LINGERING,
                        AlarmKind.OPEN_WITHOUT_APPROVAL,
                        AlarmKind.ENVIRONMENT_UNREADABLE,
                        AlarmKind.INSTANCE_UNEXPLAINED,
                        AlarmKind.TERMINATION_REFUSED,
                        AlarmKind.LAYOUT_PROBLEM);
        assertThat(messages.stages).hasSize(2);
        assertThat(messages.alarmedBy).hasSize(1);
        assertThat(messages.unreadable).hasSize(1);
        assertThat(messages.instances).hasSize(1);
        assertThat(messages.refusedTerminations).hasSize(1);
        assertThat(messages.layoutProblems).hasSize(1);
    }
}
