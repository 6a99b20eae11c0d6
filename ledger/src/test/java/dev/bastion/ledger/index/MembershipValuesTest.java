package dev.bastion.ledger.index;

import static dev.bastion.ledger.Samples.JANE;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an entry recorded of external audiences is in the index, too: an audit with one tells the same. */
class MembershipValuesTest {
    private static final CommitId HEAD = new CommitId("7".repeat(40));
    private static final List<Membership> ON_CALL =
            List.of(new Membership(ExternalAudience.parse("oncall:PABC123"), "PJANE1", NOON));

    private static IndexInput written(Consumer<IndexOutput> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IndexOutput out = new IndexOutput(bytes);
        values.accept(out);
        out.flush();
        return new IndexInput(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void approvalsAndRetroactiveApprovalsKeepTheirs() {
        for (ApprovalBasis basis : List.of(
                new ApprovalBasis.Approved(
                        List.of(
                                new Approval(JANE, "janeroe", 42, 987, NOON).by(ON_CALL),
                                Approval.inSlack(JANE, 42, NOON).by(ON_CALL)),
                        GrantDuration.parse("1h"),
                        NOON,
                        Optional.of(HEAD)),
                new ApprovalBasis.BreakGlass(Optional.of(JANE), ON_CALL),
                new ApprovalBasis.BreakGlass(Optional.empty()))) {
            assertThat(GrantValues.readBasis(written(out -> GrantValues.write(basis, out))))
                    .isEqualTo(basis);
        }
    }

    @Test
    void anApprovalInSlackKeepsItsOwn() {
        Observation approved = new Observation.Approved(
                new Observation.Subject(PROD, RequestId.derivedFrom("one"), JOHN),
                NOON,
                JANE,
                HEAD,
                new Observation.PullRequest(Optional.empty(), Optional.of(HEAD)),
                ON_CALL);
        assertThat(ObservationValues.read(written(out -> ObservationValues.write(approved, out))))
                .isEqualTo(approved);
    }
}
