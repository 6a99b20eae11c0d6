package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.Samples;
import org.junit.jupiter.api.Test;

class NotificationQueueTest {
    private static final Notification GRANT =
            new Notification.Story(new GrantStatus(Samples.grant(), new GrantStage.Ready(Samples.CONNECTION)));
    private static final Notification PROPOSAL =
            new Notification.Asked(new ProposalStatus(Samples.proposal(), new ProposalStage.Lapsed()));

    private final NotificationQueue telling = new NotificationQueue();

    @Test
    void onlyTheNewestIsTold() {
        assertThat(telling.offer(PROPOSAL)).isTrue();
        assertThat(telling.offer(GRANT)).isFalse();
        assertThat(telling.take()).contains(GRANT);
        assertThat(telling.take()).isEmpty();
    }

    @Test
    void whatIsOldBesideAGrantDoesNotTakeItsPlace() {
        telling.offer(GRANT);
        telling.offer(PROPOSAL);
        assertThat(telling.take()).contains(GRANT);
        telling.offer(PROPOSAL);
        assertThat(telling.newerThan(GRANT)).contains(PROPOSAL);
    }
}
