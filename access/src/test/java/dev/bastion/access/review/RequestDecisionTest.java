package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.PAGE;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.RecordedDecisions;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.InactiveAccounts;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.Reminder;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lengths of requests for later, and what recorded decisions and first requirements come to. */
class RequestDecisionTest {
    private static final Instant START = NOW.plus(Duration.ofHours(14));

    private static AccessPolicy policy(Audience who, String longest, String total) {
        return new AccessPolicy(
                RulesByEnvironment.unnamed(new EnvironmentRules(
                        who,
                        GrantDuration.parse(longest),
                        GrantDuration.parse(longest),
                        GrantDuration.parse(total),
                        GrantDuration.parse(longest),
                        Duration.ofMinutes(15),
                        ReasonRules.NONE,
                        1,
                        Audience.of(Set.of("U2")),
                        ApprovalRules.USUAL)),
                ApprovalScenario.PEOPLE);
    }

    private static Decision decide(AccessPolicy policy, String duration, Instant start) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom("later"),
                JOHN,
                PROD,
                Optional.of(GrantDuration.parse(duration)),
                Reason.of("INC-12"),
                false,
                Optional.of(start),
                NOW,
                Optional.empty());
        return RequestDecision.of(policy, request, new EnvironmentState.Closed(PROD), Usage.NONE, NOW);
    }

    private static Refusal refusal(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refuse.class);
        return ((Decision.Refuse) decision).refusal();
    }

    /** The hour in which it may start late counts. */
    @Test
    void theDurationAndOneHourFitTheLongestTotal() {
        AccessPolicy policy = policy(Audience.EVERYONE, "12h", "12h");
        assertThat(decide(policy, "11h", START)).isInstanceOf(Decision.Propose.class);
        assertThat(refusal(decide(policy, "11h1m", START)))
                .isEqualTo(new Refusal.TooLong(PROD, Duration.ofMinutes(661), GrantDuration.parse("11h")));
        assertThat(refusal(decide(policy(Audience.EVERYONE, "1h", "1h"), "30m", START)))
                .isEqualTo(new Refusal.EndsBeforeItStarts(PROD));
    }

    @Test
    void whatThePolicyRefusesAnywayIsRefusedForThat() {
        assertThat(refusal(decide(policy(Audience.NOBODY, "2h", "12h"), "1h", NOW.minusSeconds(60))))
                .isNotInstanceOf(Refusal.StartPassed.class);
        assertThat(refusal(decide(policy(Audience.EVERYONE, "2h", "12h"), "1h", NOW.minusSeconds(60))))
                .isEqualTo(new Refusal.StartPassed(PROD, NOW.minusSeconds(60)));
    }

    @Test
    void aNewRequestWaitsForItsApprovalsAndItsStart() {
        assertThat(UnmetRequirement.first(ApprovalScenario.opening(), 2))
                .containsExactly(new UnmetRequirement.Approvals(0, 2));
        assertThat(UnmetRequirement.first(ApprovalScenario.opening(), 0)).isEmpty();
    }

    private static Observation.Denied denial(Optional<Person> by, String login) {
        ProposedChange change = ApprovalScenario.opening();
        return new Observation.Denied(
                new Observation.Subject(PROD, change.id(), JOHN),
                NOW.plusSeconds(60),
                by,
                login,
                "not now",
                new Observation.PullRequest(Optional.of(PAGE), Optional.of(HEAD)));
    }

    private static Observation.Approved approval() {
        return new Observation.Approved(
                new Observation.Subject(PROD, ApprovalScenario.opening().id(), JOHN),
                NOW.plusSeconds(30),
                JANE,
                HEAD,
                new Observation.PullRequest(Optional.of(PAGE), Optional.of(HEAD)));
    }

    @Test
    void aRecordedDenialIsTheEnd() {
        Observation.Denied denial = denial(Optional.of(JANE), "");
        RecordedDecisions recorded = RecordedDecisions.of(List.of(approval(), denial));
        assertThat(recorded).isEqualTo(new RecordedDecisions(List.of(approval()), Optional.of(denial)));
        ProposalSnapshot seen = ApprovalScenario.snapshot(ApprovalScenario.opening());
        ProposalSnapshot closed = new ProposalSnapshot(
                seen.proposal(),
                new ProposalSnapshot.State.Closed(Optional.of("bastion[bot]"), Optional.empty(), NOW.plusSeconds(90)),
                seen.head(),
                seen.intact(),
                seen.reviews(),
                seen.plan(),
                seen.mergeability(),
                recorded);
        AccessPolicy policy = ApprovalScenario.policy(1, ApprovalRules.USUAL);
        assertThat(ProposalEvaluator.ended(policy, closed)).contains(ProposalEvaluator.denied(denial));
    }

    @Test
    void aDenialNamesWhoIsKnown() {
        assertThat(ProposalEvaluator.denied(denial(Optional.of(JANE), "")))
                .isEqualTo(new ProposalStage.Denied("", Optional.of(JANE), NOW.plusSeconds(60), "not now"));
        assertThat(ProposalEvaluator.denied(denial(Optional.empty(), "janeroe")))
                .isEqualTo(new ProposalStage.Denied("janeroe", Optional.empty(), NOW.plusSeconds(60), "not now"));
        assertThat(ProposalEvaluator.denied(denial(Optional.empty(), "")))
                .isEqualTo(new ProposalStage.Denied(
                        "an unknown account", Optional.empty(), NOW.plusSeconds(60), "not now"));
    }

    @Test
    void whoseAccountIsInactiveIsAskedByNoReminder() {
        Person zed = new Person("U99999999", "zed");
        PeopleDirectory people = new PeopleDirectory(Map.of(), Map.of(zed.id(), zed));
        InactiveAccounts gone =
                new InactiveAccounts(Map.of(new SlackId(zed.id()), InactiveAccount.DEACTIVATED), Map.of());
        assertThat(askedAfterAnHour(people)).containsExactly(zed);
        assertThat(askedAfterAnHour(people.with(gone))).isEmpty();
    }

    private static List<Person> askedAfterAnHour(PeopleDirectory people) {
        ApprovalRules usual = ApprovalRules.USUAL;
        ApprovalRules reminding = new ApprovalRules(
                usual.window(),
                usual.covers(),
                true,
                usual.breakGlass(),
                usual.unapproved(),
                usual.latestStart(),
                false,
                List.of(new Reminder(Duration.ofMinutes(10), Optional.of(Audience.of(Set.of("U99999999"))))));
        AccessPolicy policy = new AccessPolicy(
                RulesByEnvironment.unnamed(ApprovalScenario.rules(Audience.EVERYONE, 1, "8h", reminding)), people);
        return ApprovalAsk.due(
                        ApprovalScenario.proposal(ApprovalScenario.opening()), policy, NOW.plus(Duration.ofHours(1)))
                .stream()
                .flatMap(ask -> ask.people().stream())
                .toList();
    }
}
