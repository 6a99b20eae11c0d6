package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.sandbox.slack.conversation.Message;
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

/** What Slack refuses for good reaches people on another way. */
class AlternativeRouteTest {
    private static final GrantStage READY = new GrantStage.Ready(Samples.CONNECTION);

    private final SlackWorld world = SlackWorld.quiet();
    private final LogEvents log = LogEvents.of("dev.bastion.slack");

    @AfterEach
    void stop() {
        log.close();
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "is_archived", "msg_too_long", "no_such_error_yet"})
    void theHolderReadsPrivatelyWhatTheChannelRefuses(String error) {
        open();
        world.workspace().faults().fail("chat.update", new ApiFailure.Refused(error));
        world.show(READY);
        world.show(READY);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately("john.doe"))
                        .filteredOn(text -> text.contains("Slack does not let me write this in the channel (" + error))
                        .singleElement()
                        .asString()
                        .contains("is open"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_disabled",
                "cannot_dm_bot",
                "messages_tab_disabled",
                "user_not_found",
                "missing_scope",
                "no_permission",
                "not_allowed_token_type",
                "no_such_error_yet"
            })
    void aPersonWhoGetsNoPrivateMessagesIsMentionedInTheChannel(String error) {
        open();
        world.workspace().faults().fail("conversations.open", new ApiFailure.Refused(error));
        world.show(READY);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace().messages())
                        .extracting(Message::readable)
                        .filteredOn(text -> text.contains("does not deliver my private messages"))
                        .singleElement()
                        .asString()
                        .contains(error, "/bastion status", "<@U12345678>", "*dev* is open for you until")
                        .doesNotContain("aws ssm"));
        assertThat(log.errors("slack.message.refused")).hasSize(1);
    }

    /** The conversation was opened before, and refuses what is posted in it. */
    @Test
    void whatIsRefusedInsideTheConversationGoesTheSameWay() {
        open();
        world.show(READY);
        SlackWorld.soon().until(() -> world.workspace().dms("john.doe").size() == 1);
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("messages_tab_disabled"), 1);
        world.show(new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace().messages())
                        .extracting(Message::readable)
                        .anyMatch(text -> text.contains("does not deliver my private messages")
                                && text.contains("*dev* expires")));
    }

    /** No other way is open to a token that Slack refuses: the message waits, and its reader gets it after the repair. */
    @Test
    void aPrivateMessageWaitsForTheRepairOfTheToken() {
        open();
        world.workspace().faults().fail("conversations.open", new ApiFailure.Refused("token_revoked"));
        world.show(READY);
        SlackWorld.soon().until(() -> !world.web().setupProblems().isEmpty());
        world.workspace().faults().clear();
        world.clockOffset = Duration.ofSeconds(61);
        SlackWorld.soon().until(() -> world.workspace().dms("john.doe").size() == 1);
        assertThat(world.workspace().messages()).hasSize(1);
    }

    @Test
    void anAlarmThatTheChannelRefusesReachesTheOwnersAtOnceAndTheChannelOnceItIsRepaired() {
        world.workspace().faults().fail("chat.postMessage", new ApiFailure.Refused("not_in_channel"), 1);
        new ChannelAlarms(world.outbox(), world.clock)
                .raise(new ChannelAlarm(AlarmKind.LEDGER_UNREADABLE, "", "git is gone"));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(privately("max.mustermann"))
                        .singleElement()
                        .asString()
                        .contains("not_in_channel", "git is gone"));
        assertThat(world.workspace().messages()).isEmpty();
        world.clockOffset = Duration.ofSeconds(61);
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.workspace().messages())
                        .extracting(Message::readable)
                        .singleElement()
                        .asString()
                        .contains("git is gone"));
    }

    private void open() {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("first"),
                Samples.JOHN,
                Samples.DEV,
                Optional.of(GrantDuration.parse("1h")),
                Reason.NONE,
                Timestamps.wholeSeconds(world.clock.instant()));
        assertThat(world.cases().request().request(request)).isInstanceOf(Outcome.Done.class);
        world.messageSays("is being opened");
    }

    private List<String> privately(String person) {
        return world.workspace().dms(person).stream().map(Message::readable).toList();
    }
}
