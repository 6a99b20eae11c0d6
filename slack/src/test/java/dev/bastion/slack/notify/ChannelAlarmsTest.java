package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.port.AlarmKind;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An alarm is told once while its cause stands, by all processes together, and again when the cause comes back. */
class ChannelAlarmsTest {
    private final SlackWorld world = SlackWorld.quiet();
    private ChannelAlarms alarms = new ChannelAlarms(world.outbox(), world.clock);

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = AlarmKind.class,
            names = {"LEDGER_UNREADABLE", "HISTORY_REWRITTEN", "POLICY_BROKEN", "SIGNING_FAILED", "INSTALLATION_PROBLEM"
            })
    void aProcessThatStartsWhileItStandsDoesNotRepeatIt(AlarmKind kind) {
        raise(kind, "one", "since 10:00");
        waitFor(":warning: since 10:00");
        for (int i = 0; i < 3; i++) {
            restart();
            world.clockOffset = world.clockOffset.plus(Duration.ofHours(20));
            raise(kind, "one", "since " + i);
        }
        raise(kind, "another", "the other");
        waitFor(":warning: since 10:00", ":warning: the other");
        stays(2);
    }

    @Test
    void theNextProcessPostsWhatAKilledOneCouldNot() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Status(503));
        raise(AlarmKind.LEDGER_UNREADABLE, "", "since 10:00");
        SlackWorld.soon().until(() -> !world.calls("chat.postMessage").isEmpty());
        restart();
        world.workspace().faults().clear();
        raise(AlarmKind.LEDGER_UNREADABLE, "", "since 10:02");
        waitFor(":warning: since 10:02");
        stays(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsEditedWhenItIsOverAndToldAgainWhenItComesBack(boolean isKilled) {
        raise(AlarmKind.LEDGER_UNREADABLE, "", "since 10:00");
        waitFor(":warning: since 10:00");
        if (isKilled) {
            restart();
        }
        alarms.resolveOthers(AlarmKind.LEDGER_UNREADABLE, Set.of());
        waitFor("✅ This is over: since 10:00");
        if (isKilled) {
            restart();
        }
        raise(AlarmKind.LEDGER_UNREADABLE, "", "since 12:00");
        waitFor("✅ This is over: since 10:00", ":warning: since 12:00");
        alarms.resolveOthers(AlarmKind.LEDGER_UNREADABLE, Set.of());
        waitFor("✅ This is over: since 10:00", "✅ This is over: since 12:00");
        assertThat(world.workspace().messages())
                .allSatisfy(message -> assertThat(message.versions()).hasSize(2));
    }

    @Test
    void oneThatIsOverBeforeSlackTakesItIsResolvedAfterIt() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Status(503));
        raise(AlarmKind.LEDGER_UNREADABLE, "", "since 10:00");
        SlackWorld.soon().until(() -> !world.calls("chat.postMessage").isEmpty());
        alarms.resolveOthers(AlarmKind.LEDGER_UNREADABLE, Set.of());
        world.workspace().faults().clear();
        waitFor("✅ This is over: since 10:00");
    }

    @Test
    void onlyTheCausesThatDoNotStandAreResolved() {
        raise(AlarmKind.INSTALLATION_PROBLEM, "rules", "rules");
        raise(AlarmKind.INSTALLATION_PROBLEM, "role", "role");
        raise(AlarmKind.SIGNING_FAILED, "", "key");
        SlackWorld.soon().until(() -> world.workspace().messages().size() == 3);
        restart();
        raise(AlarmKind.INSTALLATION_PROBLEM, "role", "role");
        alarms.resolveOthers(AlarmKind.INSTALLATION_PROBLEM, Set.of("role"));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(texts())
                        .containsExactlyInAnyOrder("✅ This is over: rules", ":warning: role", ":warning: key"));
        stays(3);
    }

    private void raise(AlarmKind kind, String cause, String text) {
        alarms.raise(new ChannelAlarm(kind, cause, text));
    }

    private void restart() {
        world.killAndRestart();
        alarms = new ChannelAlarms(world.outbox(), world.clock);
    }

    private List<String> texts() {
        return world.workspace().messages().stream().map(Message::text).toList();
    }

    private void waitFor(String... texts) {
        SlackWorld.soon().untilAsserted(() -> assertThat(texts()).containsExactly(texts));
    }

    private void stays(int messages) {
        SlackWorld.stays(() -> world.workspace().messages().size() == messages);
    }
}
