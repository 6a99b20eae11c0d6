package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.Samples;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxQueueTest {
    private static final OutgoingMessage GRANT =
            new OutgoingMessage.GrantUpdate(new GrantStatus(Samples.grant(), new GrantStage.Ready(Samples.CONNECTION)));
    private static final OutgoingMessage PROPOSAL =
            new OutgoingMessage.ProposalUpdate(new ProposalStatus(Samples.proposal(), new ProposalStage.Lapsed()));
    private static final OutgoingMessage.OneTime READY = privately("U1", "ready");
    private static final OutgoingMessage.OneTime WARNING = privately("U1", "warning");

    private final OutboxQueue queue = new OutboxQueue();

    @Test
    void onlyTheNewestUpdateIsSent() {
        assertThat(queue.offer(PROPOSAL)).isTrue();
        assertThat(queue.offer(GRANT)).isFalse();
        assertThat(queue.take(OutgoingMessage.LIVE)).contains(GRANT);
        assertThat(queue.take(OutgoingMessage.LIVE)).isEmpty();
    }

    @Test
    void anUpdateOfTheProposalDoesNotReplaceOneOfItsGrant() {
        queue.offer(GRANT);
        queue.offer(PROPOSAL);
        assertThat(queue.take(OutgoingMessage.LIVE)).contains(GRANT);
        queue.offer(PROPOSAL);
        assertThat(queue.takeAgain(GRANT)).contains(PROPOSAL);
    }

    @Test
    void aFailedUpdateIsTakenAgainUnlessThereIsANewerOne() {
        queue.offer(PROPOSAL);
        queue.take(OutgoingMessage.LIVE);
        assertThat(queue.takeAgain(PROPOSAL)).contains(PROPOSAL);
        queue.offer(GRANT);
        assertThat(queue.takeAgain(PROPOSAL)).contains(GRANT);
    }

    @Test
    void theMessagesToOnePersonAreSentInOrderAndEachOnce() {
        assertThat(queue.offer(READY)).isTrue();
        assertThat(queue.offer(READY)).isFalse();
        assertThat(queue.offer(WARNING)).isFalse();
        assertThat(queue.take("U1")).contains(READY);
        assertThat(queue.takeAgain(READY)).contains(READY);
        queue.settle(READY);
        assertThat(queue.take("U1")).contains(WARNING);
        queue.settle(WARNING);
        assertThat(queue.take("U1")).isEmpty();
        assertThat(queue.offer(READY)).isFalse();
        assertThat(queue.isQuiet()).isTrue();
        assertThat(queue.areSettledWithin(Duration.ofSeconds(20), List.of(READY, WARNING)))
                .isTrue();
    }

    @Test
    void lanesDoNotWaitForOneAnother() {
        assertThat(queue.offer(GRANT)).isTrue();
        assertThat(queue.offer(READY)).isTrue();
        assertThat(queue.offer(privately("U2", "ready"))).isTrue();
        assertThat(queue.take("U2")).isPresent();
        assertThat(queue.take("U1")).contains(READY);
    }

    @Test
    void aRefusalIsNewsOnceAndOnlyAHopelessMessageIsNotTakenAgain() {
        queue.offer(READY);
        queue.take("U1");
        assertThat(queue.refuse(READY, false)).isTrue();
        assertThat(queue.take("U1")).isEmpty();
        assertThat(queue.areSettledWithin(Duration.ofSeconds(20), List.of(READY)))
                .isTrue();
        assertThat(queue.offer(READY)).isTrue();
        assertThat(queue.refuse(READY, true)).isFalse();
        queue.take("U1");
        queue.take("U1");
        assertThat(queue.offer(READY)).isFalse();
    }

    private static OutgoingMessage.OneTime privately(String user, String key) {
        return new OutgoingMessage.OneTime(
                Samples.REQUEST, Samples.START, new Recipient.User(user), key, SlackMessage.of(key));
    }
}
