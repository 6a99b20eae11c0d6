package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.LogEvents;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of Slack: those that pass, and those that a person must repair. */
class OutboxTest {
    private static final GrantStage READY = new GrantStage.Ready(Samples.CONNECTION);

    /** A little later than Slack is called again after a setup problem. */
    private static final Duration AFTER_RECHECK = Duration.ofSeconds(61);

    private final SlackWorld world = SlackWorld.quiet();
    private final LogEvents log = LogEvents.of("dev.bastion.slack");

    @AfterEach
    void stop() {
        log.close();
        world.close();
    }

    @Test
    void aPrivateMessageDoesNotWaitForTheChannelsMessage() {
        request();
        world.workspace().faults().fail("chat.update", new ApiFailure.Status(500));
        world.show(READY);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        assertThat(world.message().readable()).contains("is being opened");
        world.workspace().faults().clear("chat.update");
        world.messageSays("🟢");
    }

    /** The next process must still tell the holder, so the message in the channel says that the holder was not told. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goneDoesNotWaitForAPrivateMessageThatFails(boolean isKilled) {
        request();
        world.workspace().faults().fail("conversations.open", new ApiFailure.Status(500));
        world.show(READY);
        world.messageSays("🟢");
        end();
        showGone();
        world.messageSays("⚫");
        assertThat(world.notifier().hasShownGone(world.past())).isFalse();
        int versions = world.message().versions().size();
        if (isKilled) {
            world.killAndRestart();
        }
        assertThat(world.notifier().hasShownGone(world.past())).isFalse();
        showGone();
        SlackWorld.stays(() -> world.message().versions().size() == versions);
        world.workspace().faults().clear("conversations.open");
        SlackWorld.soon().until(() -> {
            showGone();
            return world.notifier().hasShownGone(world.past());
        });
        assertThat(world.holderMessages("john.doe"))
                .as("that it was ready is out of date")
                .singleElement()
                .asString()
                .contains("has ended");
        assertThat(world.message().versions()).hasSize(versions + 1);
    }

    @Test
    void aLastPrivateMessageThatFailsForTenMinutesReachesItsReaderInTheChannel() {
        request();
        world.workspace().faults().fail("conversations.open", new ApiFailure.Status(500));
        end();
        showGone();
        world.messageSays("⚫");
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
        world.clockOffset = Outbox.PRIVATE_PATIENCE.plusSeconds(5);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace().messages())
                        .last()
                        .satisfies(message -> assertThat(message.readable())
                                .contains("<@U12345678>", "has ended", "does not deliver my private messages")));
        SlackWorld.soon().until(() -> {
            showGone();
            return world.notifier().hasShownGone(world.past());
        });
        assertThat(log.errors("slack.message.rerouted")).hasSize(1);
        assertThat(world.workspace().messages()).hasSize(2);
    }

    private void showGone() {
        world.showPast(new GrantStage.Gone(world.past(), world.clock.instant()));
    }

    @Test
    void anAlarmWhoseAnswerWasLostIsPostedOnce() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        new ChannelAlarms(world.outbox(), world.clock)
                .raise(new ChannelAlarm(AlarmKind.LEDGER_UNREADABLE, "", "git is <down>"));
        world.messageSays(":warning: git is &lt;down&gt;");
        SlackWorld.stays(() -> world.workspace().messages().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg_too_long", "invalid_blocks", "no_such_error_yet"})
    void aMessageThatSlackRefusesIsLoggedOnceAndNotTriedAgain(String error) {
        request();
        world.workspace().faults().fail("chat.update", new ApiFailure.Refused(error));
        for (int i = 0; i < 5; i++) {
            world.show(READY);
            SlackWorld.soon().until(() -> edits() == 1);
        }
        SlackWorld.stays(() -> edits() == 1);
        assertThat(log.errors("slack.message.refused"))
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("error", error)
                        .containsEntry("slack_message", "live message ready")
                        .containsEntry("request", world.grant("dev").request().value()));
        assertThat(world.web().setupProblems()).isEmpty();
        world.show(new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));
        SlackWorld.soon().until(() -> edits() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "is_archived", "channel_not_found", "missing_scope"})
    void aSetupProblemIsLoggedOnceShownWithItsRemedyAndTriedOnceAMinute(String error) {
        request();
        world.workspace().faults().fail("chat.update", new ApiFailure.Refused(error));
        for (int i = 0; i < 5; i++) {
            world.show(READY);
            SlackWorld.soon().until(() -> edits() == 1);
        }
        SlackWorld.stays(() -> edits() == 1);
        assertThat(log.errors("slack.setup.refused"))
                .singleElement()
                .satisfies(fields ->
                        assertThat(fields).containsEntry("error", error).containsKeys("subject", "method", "remedy"));
        assertThat(world.web().setupProblems())
                .singleElement()
                .asString()
                .contains("chat.update with " + error)
                .contains("To repair: ");
        assertThat(world.app().isReady()).isFalse();

        world.workspace().faults().clear("chat.update");
        world.show(READY);
        SlackWorld.stays(() -> edits() == 1);
        world.clockOffset = AFTER_RECHECK;
        world.show(READY);
        world.messageSays("🟢");
        SlackWorld.soon().until(() -> world.web().setupProblems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_auth", "token_revoked", "account_inactive"})
    void aTokenThatSlackRefusesIsShownWithItsRemedyAndDoesNotKeepAGrantFromEnding(String error) {
        request();
        List<String> methods =
                List.of("chat.update", "chat.postMessage", "conversations.history", "conversations.open", "auth.test");
        methods.forEach(method -> world.workspace().faults().fail(method, new ApiFailure.Refused(error)));
        end();
        assertThat(world.ledger.read().openGrants()).isEmpty();
        world.showPast(new GrantStage.Gone(world.past(), world.clock.instant()));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.web().setupProblems())
                        .singleElement()
                        .asString()
                        .startsWith("bot token: ")
                        .contains("install the app again"));
        for (int i = 0; i < 5; i++) {
            world.showPast(new GrantStage.Gone(world.past(), world.clock.instant()));
            world.web().recheckSetup();
        }
        SlackWorld.stays(() -> world.app().setupProblems().size() == 1);
        assertThat(log.errors("slack.setup.refused")).hasSize(1);

        world.workspace().faults().clear();
        world.clockOffset = AFTER_RECHECK;
        world.web().recheckSetup();
        assertThat(world.web().setupProblems()).isEmpty();
        world.showPast(new GrantStage.Gone(world.past(), world.clock.instant()));
        world.messageSays("⚫");
    }

    private void request() {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("first"),
                Samples.JOHN,
                Samples.DEV,
                Optional.of(GrantDuration.parse("1h")),
                Reason.NONE,
                Timestamps.wholeSeconds(world.clock.instant()));
        assertThat(world.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
        world.messageSays("is being opened");
        SlackWorld.soon().until(() -> edits() == 0);
    }

    /** How often the service tried to edit a message since the edit that says "is being opened". */
    private int edits() {
        return world.calls("chat.update").size() - 1;
    }

    private void end() {
        world.cases().end().end(new End.EndedBy(Samples.JOHN), Samples.DEV, Optional.empty());
    }
}
