package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
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

    private final SlackWorld room = SlackWorld.quiet();
    private final LogEvents log = LogEvents.of("dev.bastion.slack");

    @AfterEach
    void leave() {
        log.close();
        room.close();
    }

    @Test
    void aPrivateMessageDoesNotWaitForTheChannelsMessage() {
        request();
        room.workspace().faults().fail("chat.update", new ApiFailure.Status(500));
        room.show(READY);
        SlackWorld.soon().until(() -> room.holderMessages("john.doe").size() == 1);
        assertThat(room.message().readable()).contains("is being opened");
        room.workspace().faults().clear("chat.update");
        room.messageSays("🟢");
    }

    @Test
    void theChannelsMessageDoesNotWaitForAPrivateOneUntilTheEnd() {
        request();
        room.workspace().faults().fail("conversations.open", new ApiFailure.Status(500));
        room.show(READY);
        room.messageSays("🟢");
        end();
        room.showPast(new GrantStage.Gone(room.past(), room.clock.instant()));
        SlackWorld.stays(() -> room.message().readable().contains("🟢"));
        room.workspace().faults().clear("conversations.open");
        room.messageSays("⚫");
        assertThat(room.holderMessages("john.doe")).hasSize(2);
    }

    @Test
    void anAlarmWhoseAnswerWasLostIsPostedOnce() {
        room.workspace().faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);
        new ChannelAlarms(room.outbox(), room.clock).alarm("git is <down>");
        room.messageSays(":warning: git is &lt;down&gt;");
        SlackWorld.stays(() -> room.workspace().messages().size() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"msg_too_long", "invalid_blocks", "no_such_error_yet"})
    void aMessageThatSlackRefusesIsLoggedOnceAndNotTriedAgain(String error) {
        request();
        room.workspace().faults().fail("chat.update", new ApiFailure.Refused(error));
        for (int i = 0; i < 5; i++) {
            room.show(READY);
            SlackWorld.soon().until(() -> edits() == 1);
        }
        SlackWorld.stays(() -> edits() == 1);
        assertThat(log.errors("slack.message.refused"))
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("error", error)
                        .containsEntry("message", "live message ready")
                        .containsEntry("request", room.grant("dev").request().value()));
        assertThat(room.web().setupProblems()).isEmpty();
        room.show(new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));
        SlackWorld.soon().until(() -> edits() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "is_archived", "channel_not_found", "missing_scope"})
    void aSetupProblemIsLoggedOnceShownWithItsRemedyAndTriedOnceAMinute(String error) {
        request();
        room.workspace().faults().fail("chat.update", new ApiFailure.Refused(error));
        for (int i = 0; i < 5; i++) {
            room.show(READY);
            SlackWorld.soon().until(() -> edits() == 1);
        }
        SlackWorld.stays(() -> edits() == 1);
        assertThat(log.errors("slack.setup.refused"))
                .singleElement()
                .satisfies(fields ->
                        assertThat(fields).containsEntry("error", error).containsKeys("subject", "method", "remedy"));
        assertThat(room.web().setupProblems())
                .singleElement()
                .asString()
                .contains("chat.update with " + error)
                .contains("To repair: ");
        assertThat(room.app().isReady()).isFalse();

        room.workspace().faults().clear("chat.update");
        room.show(READY);
        SlackWorld.stays(() -> edits() == 1);
        room.later = AFTER_RECHECK;
        room.show(READY);
        room.messageSays("🟢");
        SlackWorld.soon().until(() -> room.web().setupProblems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_auth", "token_revoked", "account_inactive"})
    void aTokenThatSlackRefusesIsShownWithItsRemedyAndDoesNotKeepAGrantFromEnding(String error) {
        request();
        List<String> methods =
                List.of("chat.update", "chat.postMessage", "conversations.history", "conversations.open", "auth.test");
        methods.forEach(method -> room.workspace().faults().fail(method, new ApiFailure.Refused(error)));
        end();
        assertThat(room.ledger.read().openGrants()).isEmpty();
        room.showPast(new GrantStage.Gone(room.past(), room.clock.instant()));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(room.web().setupProblems())
                        .singleElement()
                        .asString()
                        .startsWith("bot token: ")
                        .contains("install the app again"));
        for (int i = 0; i < 5; i++) {
            room.showPast(new GrantStage.Gone(room.past(), room.clock.instant()));
            room.web().recheckSetup();
        }
        SlackWorld.stays(() -> room.app().setupProblems().size() == 1);
        assertThat(log.errors("slack.setup.refused")).hasSize(1);

        room.workspace().faults().clear();
        room.later = AFTER_RECHECK;
        room.web().recheckSetup();
        assertThat(room.web().setupProblems()).isEmpty();
        room.showPast(new GrantStage.Gone(room.past(), room.clock.instant()));
        room.messageSays("⚫");
    }

    private void request() {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("first"),
                Samples.JOHN,
                Samples.DEV,
                Optional.of(GrantDuration.parse("1h")),
                Reason.NONE,
                Timestamps.wholeSeconds(room.clock.instant()));
        assertThat(room.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
        room.messageSays("is being opened");
        SlackWorld.soon().until(() -> edits() == 0);
    }

    /** How often the service tried to edit a message since the edit that says "is being opened". */
    private int edits() {
        return room.calls("chat.update").size() - 1;
    }

    private void end() {
        room.cases().end().end(Samples.JOHN, Samples.DEV, Optional.empty());
    }
}
