package dev.bastion.access.evidence;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.PEOPLE;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.ApprovalScenario.review;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.SlackApprovalProblem;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.ExternalMembers;
import dev.bastion.access.rules.PeopleDirectory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewTallyTest {
    private static final Audience JANE_AND_MAX = Audience.of(Set.of("U2", "U3"));
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dba");

    private static ReviewTally tally(Pushers pushers, Review... reviews) {
        Map<String, Person> logins = new HashMap<>(PEOPLE.byLogin());
        logins.put("jane-at-work", JANE);
        logins.put("janeroe_acme", JANE);
        logins.put("_jane", JANE);
        logins.put("jane-" + "r".repeat(60), JANE);
        PeopleDirectory people = new PeopleDirectory(logins, PEOPLE.all());
        Evidence evidence = new Evidence(
                42, Optional.of("johndoe"), HEAD, List.of(reviews), pushers, List.of(), Instant.MAX, Usage.NONE);
        return ReviewTally.of(evidence, List.of(), JANE_AND_MAX, people);
    }

    private static ReviewTally inSlack(ExternalMembers approvers, Person... excluded) {
        Observation.Approved byJane = new Observation.Approved(
                new Observation.Subject(PROD, RequestId.derivedFrom("one"), JOHN),
                NOW,
                JANE,
                HEAD,
                new Observation.PullRequest(Optional.empty(), Optional.empty()));
        Evidence evidence = new Evidence(
                42,
                Optional.of("johndoe"),
                HEAD,
                List.of(),
                Pushers.SERVICE,
                List.of(),
                Instant.MAX,
                Usage.NONE,
                List.of(byJane));
        return ReviewTally.of(evidence, List.of(excluded), new Audience(false, Set.of(), List.of(approvers)), PEOPLE);
    }

    @Test
    void anApprovalInSlackRecordsByWhichAudience() {
        Membership inTeam = new Membership(TEAM, "janeroe", NOW);
        ExternalMembers team = new ExternalMembers(TEAM, Optional.of(Map.of(JANE.id(), inTeam)), Optional.empty());
        assertThat(inSlack(team).approvals())
                .containsExactly(Approval.inSlack(JANE, 42, NOW).by(List.of(inTeam)));
    }

    @Test
    void anApprovalInSlackWaitsForAnAnswerThatCouldMakeItCount() {
        ExternalMembers unknown = ExternalMembers.unknown(TEAM);
        assertThat(inSlack(unknown).disregarded()).containsExactly(new UnmetRequirement.AudienceUnknown(TEAM));
        assertThat(inSlack(unknown, JANE).disregarded())
                .containsExactly(new UnmetRequirement.DisregardedInSlack(JANE, SlackApprovalProblem.OWN_REQUEST));
    }

    @Test
    void aPersonWhoPushedWithAnotherLoginCannotApprove() {
        ReviewTally tally = tally(Pushers.of(List.of("jane-at-work")), approves(1, "janeroe"), approves(2, "maxm"));
        assertThat(tally.approvals()).containsExactly(approval(MAX, "maxm", 2));
        assertThat(tally.disregarded()).containsExactly(new UnmetRequirement.OwnPush(JANE, "janeroe"));
    }

    /** Enterprise Managed Users have an underscore, and Enterprise Server has longer logins. */
    @ParameterizedTest
    @MethodSource("loginsOfEnterprises")
    void anApproverWithALoginOfAnEnterpriseCounts(String login) {
        assertThat(tally(Pushers.of(List.of("johndoe")), approves(1, login)).approvals())
                .containsExactly(approval(JANE, login, 1));
    }

    static Stream<String> loginsOfEnterprises() {
        return Stream.of("janeroe_acme", "_jane", "jane-" + "r".repeat(60));
    }

    @Test
    void aLoginThatPeopleDoNotHaveExcludesNobodyElse() {
        ReviewTally tally = tally(Pushers.of(List.of("stranger", "johndoe")), approves(1, "janeroe"));
        assertThat(tally.approvals()).containsExactly(approval(JANE, "janeroe", 1));
        assertThat(tally.isEnough(1)).isTrue();
        assertThat(tally.isEnough(2)).isFalse();
    }

    @Test
    void oneApprovalMoreIsNeededWhereNobodyKnowsWhoPushed() {
        ReviewTally one = tally(Pushers.UNKNOWN, approves(1, "janeroe"));
        assertThat(one.isEnough(1)).isFalse();
        assertThat(one.missing(1))
                .containsExactly(new UnmetRequirement.Approvals(1, 2), new UnmetRequirement.UnknownPusher());
        ReviewTally two = tally(Pushers.UNKNOWN, approves(1, "janeroe"), approves(2, "maxm"));
        assertThat(two.isEnough(1)).isTrue();
        assertThat(two.isEnough(2)).isFalse();
        assertThat(two.missing(1)).isEmpty();
    }

    @Test
    void whereNoApprovalIsNeededNobodyAsksWhoPushed() {
        ReviewTally none = tally(Pushers.UNKNOWN);
        assertThat(none.isEnough(0)).isTrue();
        assertThat(none.missingOrObjected(0)).isEmpty();
    }

    @Test
    void whatHasToDoWithPushersIsSaidByItself() {
        Review old = review(3, "maxm", Review.Opinion.APPROVED, ApprovalScenario.OLDER);
        assertThat(tally(Pushers.of(List.of("janeroe")), approves(1, "janeroe"), old)
                        .ofPushers())
                .containsExactly(new UnmetRequirement.OwnPush(JANE, "janeroe"));
        assertThat(tally(Pushers.UNKNOWN, old).ofPushers()).containsExactly(new UnmetRequirement.UnknownPusher());
        assertThat(tally(Pushers.of(List.of("johndoe")), old).ofPushers()).isEmpty();
    }
}
