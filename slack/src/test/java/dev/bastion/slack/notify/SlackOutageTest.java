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
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.slack.Samples;
import dev.bastion.slack.SlackWorld;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slack is down for an hour while a grant goes on: afterwards each person reads the newest, once. */
class SlackOutageTest {
    private static final GrantStage READY = new GrantStage.Ready(Samples.CONNECTION);
    private static final GrantStage ENDS_SOON = new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION));
    private static final List<String> METHODS = List.of(
            "chat.postMessage", "chat.update", "conversations.open", "conversations.history", "conversations.replies");

    private final SlackWorld world = SlackWorld.quiet();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyTheNewestIsSentAndAnAlarmIsNotLost(boolean isKilledMeanwhile) {
        open();
        world.show(READY);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 1);
        world.messageSays("🟢");
        METHODS.forEach(method -> world.workspace().faults().fail(method, new ApiFailure.Status(503)));
        world.show(ENDS_SOON);
        if (isKilledMeanwhile) {
            world.killAndRestart();
            world.show(ENDS_SOON);
        }
        world.clockOffset = Duration.ofMinutes(40);
        world.cases().end().end(new End.EndedBy(Samples.JOHN), Samples.DEV, Optional.empty());
        world.showPast(closing());
        new ChannelAlarms(world.outbox(), world.clock)
                .raise(new ChannelAlarm(AlarmKind.LEDGER_UNREADABLE, "", "git is gone"));
        SlackWorld.stays(() -> world.holderMessages("john.doe").size() == 1);

        world.clockOffset = Duration.ofHours(1);
        world.workspace().faults().clear();
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(world.holderMessages("john.doe"))
                        .hasSize(2)
                        .last()
                        .asString()
                        .contains("has ended"));
        world.showPast(new GrantStage.Gone(world.past(), world.clock.instant()));
        SlackWorld.soon()
                .untilAsserted(() -> assertThat(channel())
                        .hasSize(2)
                        .anyMatch(text -> text.contains("The bastion is gone"))
                        .anyMatch(text -> text.contains("git is gone")));
        SlackWorld.stays(
                () -> world.holderMessages("john.doe").size() == 2 && channel().size() == 2);
    }

    /** Also after a restart, since the messages are found in Slack. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndedGrantLeavesNoButtonInPrivateMessages(boolean isKilledMeanwhile) {
        open();
        world.show(ENDS_SOON);
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 2);
        assertThat(withButtons()).isEqualTo(2);
        if (isKilledMeanwhile) {
            world.killAndRestart();
        }
        world.cases().end().end(new End.EndedBy(Samples.JOHN), Samples.DEV, Optional.empty());
        world.showPast(closing());
        SlackWorld.soon().until(() -> world.holderMessages("john.doe").size() == 3);
        SlackWorld.soon().until(() -> withButtons() == 0);
        assertThat(world.holderMessages("john.doe").getFirst()).contains("is open for you");
    }

    @Test
    void aLaterRoundReplacesTheRequestForApprovalThatWasNotSent() {
        OutgoingMessage.OneTime first = asksToApprove(0);
        OutgoingMessage.OneTime second = asksToApprove(1);
        OutboxQueue queue = new OutboxQueue();
        assertThat(queue.offer(first)).isTrue();
        assertThat(queue.take(Samples.JANE.id())).contains(first);
        queue.offer(second);
        assertThat(queue.takeAgain(first)).contains(second);
        assertThat(queue.take(Samples.JANE.id())).isEmpty();
    }

    private static OutgoingMessage.OneTime asksToApprove(int round) {
        return new OutgoingMessage.OneTime(
                RequestId.derivedFrom("first"),
                Instant.EPOCH,
                new Recipient.User(Samples.JANE.id()),
                OutgoingMessage.OneTime.keyOfRound(round),
                SlackMessage.of("Please approve."));
    }

    private GrantStage closing() {
        return new GrantStage.Closing(world.past(), new GrantStage.Wait.NoReport(), Optional.empty());
    }

    private List<String> channel() {
        return world.workspace().messages().stream().map(Message::readable).toList();
    }

    private long withButtons() {
        return world.workspace().dms("john.doe").stream()
                .filter(message -> message.blocks().toString().contains("grant_end"))
                .count();
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
}
