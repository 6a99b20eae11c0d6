package dev.bastion.access.state;

import static dev.bastion.access.ApprovalScenario.MAX;
import static dev.bastion.access.ApprovalScenario.opening;
import static dev.bastion.access.ApprovalScenario.proposal;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a status report concerns one person. */
class PersonalStatusTest {
    /** Of John; approved by Jane or Max. */
    private static final Proposal WAITING = proposal(opening());

    private static final Grant JOHNS = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
    private static final Grant JANES_BREAK_GLASS = grant(JANE, PROD, NOW, NOW.plusSeconds(3600));

    private static AccessPolicy policy() {
        return ApprovalScenario.policy(1, ApprovalRules.USUAL);
    }

    private static StatusReport report(AccessPolicy policy) {
        List<Proposal> proposals = List.of(WAITING);
        List<Grant> unanswered = List.of(JANES_BREAK_GLASS);
        return new StatusReport(
                List.of(
                        line(new EnvironmentState.Open(JOHNS), policy, proposals, unanswered),
                        line(new EnvironmentState.Closed(PROD), policy, proposals, unanswered)),
                policy,
                List.of());
    }

    private static StatusReport.Line line(
            EnvironmentState state, AccessPolicy policy, List<Proposal> waiting, List<Grant> unanswered) {
        return StatusReport.Line.of(state, policy.rulesOf(state.environment()), Optional.empty(), waiting, unanswered);
    }

    private static PersonalStatus of(Person person) {
        return PersonalStatus.of(report(policy()), person);
    }

    private static List<EnvironmentName> names(List<StatusReport.Line> lines) {
        return lines.stream().map(line -> line.state().environment()).toList();
    }

    @Test
    void aHolderSeesTheirGrantsAndRequests() {
        PersonalStatus john = of(JOHN);
        assertThat(names(john.grants())).containsExactly(DEV);
        assertThat(john.requests()).containsExactly(WAITING);
        assertThat(john.toApprove()).isEmpty();
        assertThat(john.ownBreakGlass()).isEmpty();
        assertThat(john.breakGlassToApprove()).isEmpty();
        assertThat(names(john.requestable())).containsExactly(DEV, PROD);
        assertThat(john.other()).isEmpty();
    }

    @Test
    void anApproverSeesWhatWaitsForThem() {
        PersonalStatus max = of(MAX);
        assertThat(max.grants()).isEmpty();
        assertThat(max.requests()).isEmpty();
        assertThat(max.toApprove()).containsExactly(WAITING);
        assertThat(max.breakGlassToApprove()).containsExactly(JANES_BREAK_GLASS);
        assertThat(max.ownBreakGlass()).isEmpty();
        assertThat(names(max.requestable())).containsExactly(DEV);
        assertThat(names(max.other())).containsExactly(PROD);
    }

    @Test
    void nobodyApprovesTheirOwnBreakGlassAccess() {
        PersonalStatus jane = of(JANE);
        assertThat(jane.toApprove()).containsExactly(WAITING);
        assertThat(jane.breakGlassToApprove()).isEmpty();
        assertThat(jane.ownBreakGlass()).containsExactly(JANES_BREAK_GLASS);
    }

    @Test
    void whoIsNoApproverApprovesNothing() {
        PersonalStatus mallory = of(MALLORY);
        assertThat(mallory.toApprove()).isEmpty();
        assertThat(mallory.breakGlassToApprove()).isEmpty();
    }

    @Test
    void anInactiveAccountApprovesNothing() {
        Person max = new Person("U33333333", "max");
        PeopleDirectory people = new PeopleDirectory(Map.of("maxm", max), Map.of(max.id(), max));
        EnvironmentRules approvedByMax = approvedBy(Audience.of(Set.of(max.id())));
        AccessPolicy active = new AccessPolicy(RulesByEnvironment.unnamed(approvedByMax), people);
        assertThat(PersonalStatus.of(report(active), max).toApprove()).containsExactly(WAITING);
        assertThat(PersonalStatus.of(report(active), max).breakGlassToApprove()).containsExactly(JANES_BREAK_GLASS);
        InactiveAccounts gone =
                new InactiveAccounts(Map.of(new SlackId(max.id()), InactiveAccount.DEACTIVATED), Map.of());
        AccessPolicy inactive = new AccessPolicy(RulesByEnvironment.unnamed(approvedByMax), people.with(gone));
        assertThat(PersonalStatus.of(report(inactive), max).toApprove()).isEmpty();
        assertThat(PersonalStatus.of(report(inactive), max).breakGlassToApprove())
                .isEmpty();
    }

    /** Where everyone may approve, those with a login at GitHub can, but not for themselves. */
    @Test
    void whereEveryoneApprovesOnlyThoseWithALoginCan() {
        AccessPolicy everyone =
                new AccessPolicy(RulesByEnvironment.unnamed(approvedBy(Audience.EVERYONE)), ApprovalScenario.PEOPLE);
        Person stranger = new Person("U7", "stranger");
        assertThat(PersonalStatus.of(report(everyone), MALLORY).toApprove()).containsExactly(WAITING);
        assertThat(PersonalStatus.of(report(everyone), stranger).toApprove()).isEmpty();
        assertThat(PersonalStatus.of(report(everyone), JOHN).toApprove()).isEmpty();
    }

    private static EnvironmentRules approvedBy(Audience approvers) {
        EnvironmentRules usual = rules(Audience.EVERYONE, false, 1);
        return new EnvironmentRules(
                usual.mayRequest(),
                usual.defaultDuration(),
                usual.longestDuration(),
                usual.longestTotal(),
                usual.extensionStep(),
                usual.warningBeforeEnd(),
                usual.reasons(),
                usual.approvals(),
                approvers,
                usual.proposals());
    }

    @Test
    void aLineHasWhatIsOfItsEnvironment() {
        BastionObservation ofDev = observed("dev", "i-1");
        BastionObservation ofProd = observed("prod", "i-2");
        StatusReport.Line line = StatusReport.Line.of(
                new EnvironmentState.Closed(PROD),
                rules(Audience.EVERYONE, false, 1),
                Optional.of(List.of(ofDev, ofProd)),
                List.of(WAITING),
                List.of(JOHNS, JANES_BREAK_GLASS));
        assertThat(line.bastion()).contains(ofProd);
        assertThat(line.looked()).isTrue();
        assertThat(line.waiting()).containsExactly(WAITING);
        assertThat(line.breakGlass()).containsExactly(JANES_BREAK_GLASS);
        StatusReport.Line other =
                line(new EnvironmentState.Closed(DEV), policy(), List.of(WAITING), List.of(JANES_BREAK_GLASS));
        assertThat(other.looked()).isFalse();
        assertThat(other.bastion()).isEmpty();
        assertThat(other.waiting()).isEmpty();
        assertThat(other.breakGlass()).isEmpty();
    }

    private static BastionObservation observed(String environment, String instance) {
        return new BastionObservation(
                environment,
                Optional.empty(),
                instance,
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.empty());
    }
}
