package dev.bastion.slack.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.Goldens;
import dev.bastion.slack.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The messages about what needed no approval, as a request for later, and about what got none. */
class NoApprovalTest {
    private static final Grant GRANT =
            Samples.grant().with(new ApprovalBasis.Approved(List.of(), GrantDuration.parse("2h"), Samples.START));

    @Test
    void noMessageNamesApproversWhereThereAreNone() {
        GrantStatus status = new GrantStatus(GRANT, new GrantStage.Applying(Optional.empty()));
        assertThat(HolderMessage.dueIn(status))
                .singleElement()
                .satisfies(message -> assertThat(message.message().text())
                        .isEqualTo("🟢 *dev* is being opened for you for 2h. I'll message you when you can connect."));
        String shown = Goldens.json(new GrantMessage(CommitLinks.NONE).of(status));
        assertThat(shown).doesNotContain("approved by");
        assertThat(ApprovalText.inBrief(GRANT.approvalBasis())).isEmpty();
    }

    @Test
    void aRequestThatLapsedSaysHowToRequestItAgain() {
        ProposalStatus status = new ProposalStatus(Samples.proposal(), new ProposalStage.Lapsed());
        assertThat(HolderMessage.dueIn(status))
                .singleElement()
                .satisfies(message -> assertThat(message.message().text())
                        .contains("it lapsed: it was not approved by")
                        .endsWith("Run `/bastion create prod` to request it again."));
    }
}
