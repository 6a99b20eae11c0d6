package dev.bastion.access.evidence;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which approvals in Slack count, as far as accounts and pushed commits decide. */
class SlackApprovalsTest {
    private static final Person JANE = new Person("U22222222", "jane.roe");
    private static final PeopleDirectory WITH_LOGIN =
            new PeopleDirectory(Map.of("janeroe", JANE), Map.of(JANE.id(), JANE));
    private static final PeopleDirectory WITHOUT_LOGIN = new PeopleDirectory(Map.of(), Map.of(JANE.id(), JANE));
    private static final InactiveAccounts DEACTIVATED_IN_SLACK =
            new InactiveAccounts(Map.of(new SlackId(JANE.id()), InactiveAccount.DEACTIVATED), Map.of());
    private static final InactiveAccounts SUSPENDED_AT_GITHUB =
            new InactiveAccounts(Map.of(), Map.of(new GithubLogin("janeroe"), InactiveAccount.SUSPENDED));

    private static Optional<SlackApprovalProblem> problem(PeopleDirectory people, Pushers pushers) {
        Evidence evidence = new Evidence(
                42, Optional.empty(), HEAD, List.of(), pushers, List.of(JOHN), NOW.plusSeconds(60), Usage.NONE);
        return new SlackApprovals(evidence, List.of(JOHN), Audience.of(Set.of(JANE.id())), people)
                .problem(new Observation.Approved(
                        new Observation.Subject(PROD, RequestId.derivedFrom("one"), JOHN),
                        NOW,
                        JANE,
                        HEAD,
                        new Observation.PullRequest(Optional.empty(), Optional.empty())));
    }

    @Test
    void anApproverOfAnActiveAccountCountsWithAndWithoutALogin() {
        assertThat(problem(WITH_LOGIN, Pushers.SERVICE)).isEmpty();
        assertThat(problem(WITHOUT_LOGIN, Pushers.SERVICE)).isEmpty();
    }

    @Test
    void anAccountThatIsInactiveInOnePlaceDoesNotCount() {
        assertThat(problem(WITHOUT_LOGIN.with(DEACTIVATED_IN_SLACK), Pushers.SERVICE))
                .contains(SlackApprovalProblem.INACTIVE_ACCOUNT);
        assertThat(problem(WITH_LOGIN.with(SUSPENDED_AT_GITHUB), Pushers.SERVICE))
                .contains(SlackApprovalProblem.INACTIVE_ACCOUNT);
    }

    @Test
    void whoPushedACommitDoesNotCount() {
        assertThat(problem(WITH_LOGIN, Pushers.of(List.of("janeroe")))).contains(SlackApprovalProblem.OWN_PUSH);
        assertThat(problem(WITH_LOGIN, Pushers.of(List.of("maxm")))).isEmpty();
    }
}
