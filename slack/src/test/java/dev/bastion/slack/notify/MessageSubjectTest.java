package dev.bastion.slack.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.Person;
import dev.bastion.slack.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who gets the private messages about a grant. */
class MessageSubjectTest {
    private static final List<GrantStage> STAGES =
            List.of(new GrantStage.Ready(Samples.CONNECTION), new GrantStage.EndsSoon(Optional.of(Samples.CONNECTION)));

    private static List<OutgoingMessage.OneTime> messages(Person holder, GrantStage stage) {
        Grant grant = Samples.grant();
        Grant theirs = new Grant(
                grant.environment(),
                grant.request(),
                holder,
                grant.reason(),
                grant.createdAt(),
                grant.expiresAt(),
                grant.openedBy(),
                grant.shownIn(),
                new ApprovalBasis.ByPolicy(),
                false);
        return MessageSubject.of(theirs).privateMessages(new GrantStatus(theirs, stage));
    }

    @Test
    void aMachineGetsNoneAsItHasNoAccountInSlack() {
        for (GrantStage stage : STAGES) {
            assertThat(messages(Samples.JOHN, stage)).isNotEmpty();
            assertThat(messages(new Person(Person.machineId("deploys"), "deploys"), stage))
                    .isEmpty();
        }
    }
}
