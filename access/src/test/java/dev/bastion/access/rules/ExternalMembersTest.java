package dev.bastion.access.rules;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Examples;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who belongs to a rule's audience by the answer of another system. */
class ExternalMembersTest {
    private static final ExternalAudience TEAM = ExternalAudience.parse("github-team:acme/dba");
    private static final ExternalAudience GROUP = ExternalAudience.parse("slack-group:S0123ABC");
    private static final ExternalAudience ON_CALL = ExternalAudience.parse("oncall:PABC123");
    private static final ExternalAudience SECOND_SHIFT = ExternalAudience.parse("oncall:PDEF456");
    private static final PeopleDirectory PEOPLE = new PeopleDirectory(
                    Map.of("johndoe", JOHN, "JaneRoe", JANE), Map.of("U1", JOHN, "U2", JANE, "U9", MALLORY))
            .onCallAs(Map.of("PJANE", JANE));

    private static Audience audience(ExternalAudience... external) {
        return new Audience(
                false,
                Set.of("U9"),
                List.of(external).stream().map(ExternalMembers::unknown).toList());
    }

    private static AudienceAnswers answer(ExternalAudience audience, String... accounts) {
        return new AudienceAnswers(Map.of(audience, new AudienceAnswer.Members(NOW, Set.of(accounts))));
    }

    @Test
    void eachSystemsAccountsAreFoundInPeople() {
        Audience team = audience(TEAM).answered(answer(TEAM, "janeroe", "stranger", "not.kept"), PEOPLE);
        assertThat(team.includes(JANE)).isTrue();
        assertThat(team.includes(JOHN)).isFalse();
        assertThat(team.memberships(JANE)).containsExactly(new Membership(TEAM, "janeroe", NOW));
        assertThat(audience(GROUP).answered(answer(GROUP, "U1"), PEOPLE).includes(JOHN))
                .isTrue();
        assertThat(audience(GROUP).answered(answer(GROUP, "U2"), PEOPLE).includes(JOHN))
                .isFalse();
        assertThat(audience(ON_CALL)
                        .answered(answer(ON_CALL, "PJANE", "PELSE"), PEOPLE)
                        .includes(JANE))
                .isTrue();
        assertThat(audience(ON_CALL)
                        .answered(answer(ON_CALL, "U1", "janeroe"), PEOPLE)
                        .includes(JANE))
                .isFalse();
    }

    @Test
    void withoutAnAnswerNobodyBelongsToItAndOthersStillDo() {
        Audience unknown = audience(TEAM, ON_CALL).answered(answer(ON_CALL, "PJANE"), PEOPLE);
        assertThat(unknown.includes(JOHN)).isFalse();
        assertThat(unknown.includes(JANE)).isTrue();
        assertThat(unknown.includes(MALLORY)).isTrue();
        assertThat(unknown.isKnown()).isFalse();
        Refusal otherwise = new Refusal.NotAllowed(DEV, JOHN);
        assertThat(unknown.refusal(DEV, otherwise)).isEqualTo(new Refusal.AudienceUnknown(DEV, TEAM, Optional.empty()));
        assertThat(unknown.disregarding(new UnmetRequirement.NotAnApprover(JOHN, "johndoe")))
                .containsExactly(new UnmetRequirement.AudienceUnknown(TEAM));
        Audience known = audience(TEAM).answered(answer(TEAM), PEOPLE);
        assertThat(known.isKnown()).isTrue();
        assertThat(known.refusal(DEV, otherwise)).isEqualTo(otherwise);
        assertThat(known.disregarding(new UnmetRequirement.NotAnApprover(JOHN, "johndoe")))
                .containsExactly(new UnmetRequirement.NotAnApprover(JOHN, "johndoe"));
    }

    @Test
    void onlyARefusalForGoodGoesIntoTheWords() {
        Fault.Refused refused = new Fault.Refused(ExternalSystem.GITHUB, "asking", "404", "check the team");
        Fault later = new Fault.Later(ExternalSystem.GITHUB, "asking", "503");
        Audience gone = audience(TEAM)
                .answered(new AudienceAnswers(Map.of(TEAM, new AudienceAnswer.Missing(Optional.of(refused)))), PEOPLE);
        assertThat(gone.refusal(DEV, new Refusal.NotOpen(DEV)))
                .isEqualTo(new Refusal.AudienceUnknown(DEV, TEAM, Optional.of(refused)));
        Audience silent = audience(TEAM)
                .answered(new AudienceAnswers(Map.of(TEAM, new AudienceAnswer.Missing(Optional.of(later)))), PEOPLE);
        assertThat(silent.refusal(DEV, new Refusal.NotOpen(DEV)))
                .isEqualTo(new Refusal.AudienceUnknown(DEV, TEAM, Optional.empty()));
    }

    @Test
    void aDeactivatedAccountIsNoMember() {
        InactiveAccounts inactive = new InactiveAccounts(
                Map.of(new SlackId("U2"), InactiveAccount.DEACTIVATED),
                Map.of(new GithubLogin("johndoe"), InactiveAccount.SUSPENDED));
        PeopleDirectory people = PEOPLE.with(inactive);
        assertThat(audience(TEAM)
                        .answered(answer(TEAM, "johndoe", "janeroe"), people)
                        .memberIds())
                .containsExactly("U9");
        assertThat(audience(ON_CALL).answered(answer(ON_CALL, "PJANE"), people).includes(JANE))
                .isFalse();
        assertThat(audience(GROUP).answered(answer(GROUP, "U2", "U1"), people).memberIds())
                .containsExactlyInAnyOrder("U9", "U1");
    }

    /** A set has another order in each run: without one of its own, one of the two pairs comes the wrong way round. */
    @ParameterizedTest
    @CsvSource({"a, b", "o, p"})
    void ofSeveralAccountsTheFirstByNameIsRecorded(String first, String second) {
        PeopleDirectory people = new PeopleDirectory(Map.of(first, JANE, second, JANE), Map.of("U2", JANE));
        assertThat(audience(TEAM).answered(answer(TEAM, first, second), people).memberships(JANE))
                .containsExactly(new Membership(TEAM, first, NOW));
    }

    @Test
    void whoBelongsToItStaysAsItWasGiven() {
        Map<String, Membership> given = new HashMap<>(Map.of("U2", new Membership(TEAM, "janeroe", NOW)));
        ExternalMembers members = new ExternalMembers(TEAM, Optional.of(given), Optional.empty());
        given.clear();
        assertThat(members.of(JANE)).contains(new Membership(TEAM, "janeroe", NOW));
    }

    @Test
    void aMachineIsNeverAMember() {
        Person pipeline = new Person(Person.machineId("deploy"), "deploy");
        PeopleDirectory people = new PeopleDirectory(Map.of(), Map.of(pipeline.id(), pipeline));
        assertThat(audience(GROUP)
                        .answered(answer(GROUP, pipeline.id()), people)
                        .includes(pipeline))
                .isFalse();
    }

    @Test
    void whoIsNamedAnywayNeedsNoRecord() {
        Audience both = audience(TEAM).with(JANE).answered(answer(TEAM, "janeroe", "johndoe"), PEOPLE);
        assertThat(both.memberships(JANE)).isEmpty();
        assertThat(both.memberships(JOHN)).hasSize(1);
        assertThat(PEOPLE.membersOf(both)).as("each once").containsExactly(JANE, JOHN, MALLORY);
        Audience everyone = new Audience(true, Set.of(), both.external());
        assertThat(everyone.memberships(JOHN)).isEmpty();
    }

    @Test
    void aRecordCountsWhileThePolicyAndPeopleNameTheSame() {
        Audience approvers = audience(ON_CALL).answered(answer(ON_CALL), PEOPLE);
        List<Membership> recorded = List.of(new Membership(ON_CALL, "PJANE", NOW));
        assertThat(approvers.includes(JANE, recorded, PEOPLE)).isTrue();
        assertThat(approvers.includes(JANE, List.of(), PEOPLE)).isFalse();
        assertThat(approvers.includes(JOHN, recorded, PEOPLE)).isFalse();
        assertThat(approvers.includes(MALLORY, List.of(), PEOPLE)).isTrue();
        assertThat(audience(TEAM).includes(JANE, recorded, PEOPLE))
                .as("of another audience")
                .isFalse();
        PeopleDirectory other = PEOPLE.onCallAs(Map.of("PJANE", JOHN));
        assertThat(approvers.includes(JANE, recorded, other))
                .as("another person's user")
                .isFalse();
    }

    @Test
    void theLedgersOwnPartNeedsNoSystem() {
        Audience approvers = audience(ON_CALL).answered(answer(ON_CALL, "PJANE"), PEOPLE);
        assertThat(approvers.withoutExternal()).isEqualTo(Audience.of(Set.of("U9")));
        assertThat(approvers.audiences()).containsExactly(ON_CALL);
        assertThat(PEOPLE.membersOf(approvers)).containsExactly(JANE, MALLORY);
    }

    @Test
    void everyAudienceOfThePolicyIsAnswered() {
        EnvironmentRules plain = Examples.rules(audience(TEAM), false, 1);
        EnvironmentRules rules = new EnvironmentRules(
                plain.mayRequest(),
                plain.defaultDuration(),
                plain.longestDuration(),
                plain.longestTotal(),
                plain.extensionStep(),
                plain.warningBeforeEnd(),
                plain.reasons(),
                1,
                audience(ON_CALL),
                new ApprovalRules(
                        ApprovalRules.USUAL.window(),
                        ApprovalRules.USUAL.covers(),
                        true,
                        new BreakGlassRules(audience(GROUP), plain.defaultDuration()),
                        ApprovalRules.Unapproved.ALARM,
                        ApprovalRules.USUAL_LATEST_START,
                        false,
                        List.of(new Reminder(plain.warningBeforeEnd(), Optional.of(audience(SECOND_SHIFT))))));
        RulesByEnvironment all =
                new RulesByEnvironment(plain, false, Map.of(DEV, rules), Map.of(new EnvironmentPattern("x/*"), rules));
        assertThat(all.externalAudiences()).containsExactly(TEAM, ON_CALL, SECOND_SHIFT, GROUP);
        AudienceAnswers everyone = AudienceAnswers.everyone(all, PEOPLE);
        RulesByEnvironment answered = all.answered(everyone, PEOPLE);
        assertThat(answered.all().flatMap(EnvironmentRules::audiences)).allMatch(Audience::isKnown);
        EnvironmentRules dev = answered.of(DEV);
        assertThat(dev.mayRequest().includes(JOHN)).isTrue();
        assertThat(dev.approvers().includes(JANE)).isTrue();
        assertThat(dev.approvers().includes(JOHN)).as("no user of PagerDuty").isFalse();
        assertThat(dev.proposals().breakGlass().allowed().includes(JOHN)).isTrue();
        assertThat(dev.proposals().reminders().getFirst().ask().orElseThrow().includes(JANE))
                .isTrue();
        assertThat(answered.defaults().mayRequest().includes(JANE)).isTrue();
        assertThat(answered.patterns().values()).containsExactly(dev);
    }

    @Test
    void aRecordAnswersForItsPeopleAlone() {
        AudienceAnswers recorded = AudienceAnswers.recorded(
                List.of(new Membership(TEAM, "johndoe", NOW.plusSeconds(9)), new Membership(TEAM, "janeroe", NOW)));
        assertThat(recorded.all())
                .isEqualTo(Map.of(TEAM, new AudienceAnswer.Members(NOW, Set.of("johndoe", "janeroe"))));
        assertThat(audience(TEAM, ON_CALL).answered(recorded, PEOPLE).isKnown()).isFalse();
    }

    @Test
    void anAccountIsThePersonsInThatSystem() {
        assertThat(PEOPLE.accountOf(JANE, ExternalAudience.Scheme.ON_CALL)).contains("PJANE");
        assertThat(PEOPLE.accountOf(JANE, ExternalAudience.Scheme.GITHUB_TEAM)).contains("janeroe");
        assertThat(PEOPLE.accountOf(JANE, ExternalAudience.Scheme.SLACK_GROUP)).contains("U2");
        assertThat(PEOPLE.accountOf(JOHN, ExternalAudience.Scheme.ON_CALL)).isEmpty();
    }
}
