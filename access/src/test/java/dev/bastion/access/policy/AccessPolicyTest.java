package dev.bastion.access.policy;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.extension;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.Examples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.RulesByEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AccessPolicyTest {
    private static final Grant OPEN = grant(JOHN, DEV, NOW.minusSeconds(3600), NOW.plusSeconds(3600));
    private static final EnvironmentState CLOSED = new EnvironmentState.Closed(DEV);

    @Test
    void aRequestWithoutADurationGetsTheDefault() {
        assertThat(POLICY.decide(request(JOHN, DEV, "", ""), CLOSED, Usage.NONE, NOW))
                .isEqualTo(new Decision.Proceed(new LedgerChange.Open(
                        request(JOHN, DEV, "", ""), NOW, NOW.plus(Duration.ofHours(2)), Optional.empty())));
    }

    @Test
    void aGrantStartsWhenItIsDecidedInWholeSeconds() {
        Decision decision = POLICY.decide(request(JOHN, DEV, "8h", ""), CLOSED, Usage.NONE, NOW.plusMillis(999));
        assertThat(decision)
                .isEqualTo(new Decision.Proceed(new LedgerChange.Open(
                        request(JOHN, DEV, "8h", ""), NOW, NOW.plus(Duration.ofHours(8)), Optional.empty())));
    }

    static Stream<Arguments> refusals() {
        EnvironmentState unclear = new EnvironmentState.Unclear(DEV, "terragrunt.hcl:12: merge(...)");
        return Stream.of(
                Arguments.of(
                        request(JOHN, DEV, "8h1s", ""),
                        CLOSED,
                        new Refusal.TooLong(DEV, duration("8h1s").length(), duration("8h"))),
                Arguments.of(
                        request(JANE, DEV, "", ""), new EnvironmentState.Open(OPEN), new Refusal.AlreadyOpen(OPEN)),
                Arguments.of(
                        request(JOHN, DEV, "", ""), new EnvironmentState.Open(OPEN), new Refusal.AlreadyOpen(OPEN)),
                Arguments.of(
                        request(JOHN, DEV, "", ""),
                        unclear,
                        new Refusal.Unreadable(DEV, "terragrunt.hcl:12: merge(...)")),
                Arguments.of(
                        request(MALLORY, PROD, "", "x"),
                        new EnvironmentState.Closed(PROD),
                        new Refusal.NotAllowed(PROD, MALLORY)),
                Arguments.of(
                        request(MALLORY, PROD, "99h", ""),
                        new EnvironmentState.Closed(PROD),
                        new Refusal.NotAllowed(PROD, MALLORY)),
                Arguments.of(
                        request(JOHN, PROD, "", ""),
                        new EnvironmentState.Closed(PROD),
                        new Refusal.ReasonRequired(PROD)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRequestIsRefusedWithItsReason(AccessRequest request, EnvironmentState state, Refusal refusal) {
        assertThat(POLICY.decide(request, state, Usage.NONE, NOW))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    @Test
    void anEnvironmentWithApprovalsIsProposed() {
        AccessRequest request = request(JOHN, PROD, "1h", "INC-12");
        assertThat(POLICY.decide(request, new EnvironmentState.Closed(PROD), Usage.NONE, NOW))
                .isEqualTo(new Decision.Propose(
                        new ProposedChange.Opening(request, duration("1h"), NOW, NOW.plus(Duration.ofHours(1))), 1));
    }

    @ParameterizedTest(name = "open since {0}, ends in {1}, by {2}: ends in {3}")
    @CsvSource({
        "1h, 1h, '',  4h", // the policy's step
        "1h, 1h, 30m, 1h30m",
        "1h, 1h, 10h, 11h", // exactly the longest total of 12h
        "9h, 2h, '',  3h", // the step is cut to what the total leaves
    })
    void anExtensionMovesTheEnd(String since, String left, String by, String newLeft) {
        Grant grant = grant(JOHN, DEV, NOW.minus(length(since)), NOW.plus(length(left)));
        assertThat(POLICY.decideExtension(extension(JOHN, DEV, by), new EnvironmentState.Open(grant), Usage.NONE, NOW))
                .isEqualTo(new Decision.Proceed(new LedgerChange.Extend(grant, NOW.plus(length(newLeft)), JOHN, NOW)));
    }

    @Test
    void anExtensionAtOnceAndAProposedOneKeepWhereTheyCameFrom() {
        var origin = Optional.of(new AccessRequest.Origin("https://login.example.com"));
        ExtensionRequest asked = extension(JOHN, DEV, "30m");
        ExtensionRequest request = new ExtensionRequest(
                asked.id(), asked.person(), asked.environment(), asked.by(), asked.expected(), origin);
        Grant dev = grant(JOHN, DEV, NOW, NOW.plusSeconds(3600));
        assertThat(POLICY.decideExtension(request, new EnvironmentState.Open(dev), Usage.NONE, NOW))
                .isInstanceOfSatisfying(
                        Decision.Proceed.class,
                        done -> assertThat(((LedgerChange.Extend) done.change()).origin())
                                .isEqualTo(origin));
        Grant prod = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));
        assertThat(POLICY.decideExtension(request, new EnvironmentState.Open(prod), Usage.NONE, NOW))
                .isInstanceOfSatisfying(
                        Decision.Propose.class,
                        proposed -> assertThat(((ProposedChange.Extension) proposed.change()).origin())
                                .isEqualTo(origin));
    }

    @ParameterizedTest(name = "open since {0}, ends in {1}, by {2}: no")
    @CsvSource({"1h, 1h, 10h1s", "9h, 3h, ''", "9h, 3h, 1s", "20h, 1h, ''"})
    void anExtensionNeverPassesTheLongestTotal(String since, String left, String by) {
        Grant grant = grant(JOHN, DEV, NOW.minus(length(since)), NOW.plus(length(left)));
        assertThat(POLICY.decideExtension(extension(JOHN, DEV, by), new EnvironmentState.Open(grant), Usage.NONE, NOW))
                .isEqualTo(new Decision.Refuse(
                        CheckName.DURATION,
                        new Refusal.TotalReached(
                                grant, duration("12h"), grant.createdAt().plus(Duration.ofHours(12)))));
    }

    @Test
    void onlyTheHolderAndApproversExtendOrEnd() {
        EnvironmentState open = new EnvironmentState.Open(OPEN);
        Decision no = new Decision.Refuse(CheckName.CONTROL, new Refusal.NotYours(OPEN));
        assertThat(POLICY.decideExtension(extension(MALLORY, DEV, ""), open, Usage.NONE, NOW))
                .isEqualTo(no);
        assertThat(POLICY.decideEnd(new End.EndedBy(MALLORY), open, NOW)).isEqualTo(no);
        assertThat(POLICY.decideExtension(extension(JANE, DEV, ""), open, Usage.NONE, NOW))
                .isInstanceOf(Decision.Proceed.class);
        assertThat(POLICY.decideEnd(new End.EndedBy(JANE), open, NOW))
                .isEqualTo(new Decision.Proceed(new LedgerChange.Close(OPEN, new End.EndedBy(JANE), NOW)));
    }

    @Test
    void whatIsClosedOrOverIsNotExtended() {
        Instant end = OPEN.expiresAt();
        assertThat(POLICY.decideExtension(extension(JOHN, DEV, ""), CLOSED, Usage.NONE, NOW))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NotOpen(DEV)));
        assertThat(POLICY.decideExtension(extension(JOHN, DEV, ""), new EnvironmentState.Open(OPEN), Usage.NONE, end))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.AlreadyEnded(OPEN)));
        assertThat(POLICY.decideExtension(
                        extension(JOHN, DEV, ""), new EnvironmentState.Open(OPEN), Usage.NONE, end.minusMillis(1)))
                .isInstanceOf(Decision.Proceed.class);
    }

    @Test
    void whatIsClosedIsNotEndedAndWhatIsOverMayStillBe() {
        assertThat(POLICY.decideEnd(new End.EndedBy(JOHN), CLOSED, NOW))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NotOpen(DEV)));
        assertThat(POLICY.decideEnd(new End.EndedBy(JOHN), new EnvironmentState.Open(OPEN), NOW.plusSeconds(86_400)))
                .isInstanceOf(Decision.Proceed.class);
    }

    @Test
    void aGrantWhoseFileCannotBeReadIsEnded() {
        EnvironmentState inForce = new EnvironmentState.Unclear(DEV, "line 3", Optional.empty(), Optional.of(OPEN));
        assertThat(POLICY.decideEnd(new End.EndedBy(JOHN), inForce, NOW))
                .isEqualTo(new Decision.Proceed(new LedgerChange.Close(OPEN, new End.EndedBy(JOHN), NOW)));
        assertThat(POLICY.decideEnd(new End.EndedBy(MALLORY), inForce, NOW))
                .isEqualTo(new Decision.Refuse(CheckName.CONTROL, new Refusal.NotYours(OPEN)));
        assertThat(POLICY.decideEnd(new End.EndedBy(JOHN), EnvironmentState.Unclear.withoutCommit(DEV, "line 3"), NOW))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.Unreadable(DEV, "line 3")));
    }

    @Test
    void anEnvironmentThatCannotBeOpenedIsNotOpen() {
        assertThat(POLICY.decideEnd(new End.EndedBy(JOHN), new EnvironmentState.Unclear(DEV, "line 3"), NOW))
                .isEqualTo(new Decision.Refuse(CheckName.ENVIRONMENT, new Refusal.NotOpen(DEV)));
    }

    @Test
    void nobodyMayRequestWhatNoKeyNames() {
        AccessPolicy policy = new AccessPolicy(
                RulesByEnvironment.of(
                        Examples.rules(Audience.EVERYONE, false, 0),
                        Map.of(DEV, Examples.rules(Audience.EVERYONE, false, 0))),
                PeopleDirectory.NOBODY);
        assertThat(policy.mayRequest(JOHN, DEV)).isTrue();
        assertThat(policy.mayRequest(JOHN, PROD)).isFalse();
        assertThat(policy.environments().all()).hasSize(2);
    }

    @Test
    void ofACommandSlackIdentifiesTheHolderWhereApprovalIsNeeded() {
        Evaluation prod = POLICY.evaluate(request(JOHN, PROD, "1h", "INC-12"), new EnvironmentState.Closed(PROD), NOW);
        assertThat(prod.checks()).contains(Check.passed(CheckName.HOLDER));
        Evaluation dev = POLICY.evaluate(request(JOHN, DEV, "1h", "INC-12"), CLOSED, NOW);
        assertThat(dev.checks()).extracting(Check::name).doesNotContain(CheckName.HOLDER);
    }

    @Test
    void aCheckHasTheNameThatThePolicyFileHas() {
        assertThat(CheckName.MAY_REQUEST).hasToString("may_request");
    }

    private static GrantDuration duration(String text) {
        return GrantDuration.parse(text);
    }

    private static Duration length(String text) {
        return duration(text).length();
    }
}
