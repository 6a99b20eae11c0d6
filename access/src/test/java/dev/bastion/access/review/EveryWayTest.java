package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.Examples;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PersonLimits;
import dev.bastion.access.rules.ReasonPattern;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One wish, by every way it can come: slash command, the modal's preview, a proposal, a pull request made by hand, a push
 * made by hand. The same checks give the same answer for every person, set of rules and state.
 */
class EveryWayTest {
    private static final Person STRANGER = new Person("U7", "stranger");
    private static final ReasonRules TICKET = new ReasonRules(
            false, Optional.of(new ReasonPattern("INC-", Optional.empty(), reason -> reason.contains("INC-"))));
    private static final GrantDuration TWO_HOURS = GrantDuration.parse("2h");

    /** One row of the table. */
    record Wish(Person who, String reason, Duration length, EnvironmentRules rules, boolean isNamed, boolean isOpen) {
        @Override
        public String toString() {
            return who.name() + (reason.isEmpty() ? " without a reason" : " because " + reason) + " for " + length
                    + ", approvals " + rules.approvals() + (rules.reasons().required() ? ", reason required" : "")
                    + rules.reasons()
                            .pattern()
                            .map(one -> ", with " + one.pattern())
                            .orElse("")
                    + (rules.mayRequest().everyone() ? "" : ", limited") + (isNamed ? "" : ", unnamed")
                    + (isOpen ? ", taken" : "");
        }

        AccessPolicy policy() {
            return new AccessPolicy(
                    RulesByEnvironment.of(rules, isNamed ? Map.of(PROD, rules) : Map.of()), ApprovalScenario.PEOPLE);
        }

        EnvironmentState before() {
            return isOpen
                    ? new EnvironmentState.Open(grant(MALLORY, PROD, NOW.minusSeconds(60), NOW.plusSeconds(60)))
                    : new EnvironmentState.Closed(PROD);
        }

        LedgerSnapshot ledger() {
            return new LedgerSnapshot(commit(1), new TreeMap<>(Map.of(PROD, before())), policy());
        }

        AccessRequest request() {
            return new AccessRequest(
                    RequestId.derivedFrom("a request"),
                    who,
                    PROD,
                    Optional.of(new GrantDuration(length)),
                    Reason.of(reason),
                    NOW);
        }

        /** What the file would say. */
        Grant written(boolean isByHand) {
            return new Grant(
                    PROD,
                    RequestId.derivedFrom("by hand"),
                    who,
                    Reason.of(reason),
                    NOW,
                    NOW.plus(length),
                    HEAD,
                    Optional.<AnnouncementRef>empty(),
                    new ApprovalBasis.ByPolicy(),
                    isByHand);
        }
    }

    /** The verdict, and the names of the checks that are not passed. */
    record Answer(Evaluation.Verdict verdict, List<CheckName> open) {
        static Answer of(Evaluation evaluation) {
            return new Answer(
                    evaluation.verdict(),
                    evaluation.checks().stream()
                            .filter(check -> !(check.result() instanceof Check.Result.Passed))
                            .map(Check::name)
                            .toList());
        }
    }

    static Stream<Wish> attempts() {
        List<Wish> all = new ArrayList<>();
        for (Person who : List.of(JOHN, JANE, MALLORY)) {
            for (String reason : List.of("INC-12", "slow query", "")) {
                for (Duration length : List.of(TWO_HOURS.length(), Duration.ofHours(8), Duration.ofHours(10))) {
                    for (EnvironmentRules rules : rules()) {
                        all.add(new Wish(who, reason, length, rules, true, false));
                        all.add(new Wish(who, reason, length, rules, true, true));
                        all.add(new Wish(who, reason, length, rules, false, false));
                    }
                }
            }
        }
        return all.stream();
    }

    private static List<EnvironmentRules> rules() {
        List<EnvironmentRules> all = new ArrayList<>();
        for (Audience who : List.of(Audience.EVERYONE, Audience.of(Set.of("U1", "U2")))) {
            for (ReasonRules reasons : List.of(ReasonRules.required(true), ReasonRules.NONE, TICKET)) {
                for (int approvals : List.of(0, 1, 2)) {
                    EnvironmentRules rules = ApprovalScenario.rules(who, approvals, "8h", ApprovalRules.USUAL);
                    all.add(new EnvironmentRules(
                            rules.mayRequest(),
                            rules.defaultDuration(),
                            rules.longestDuration(),
                            rules.longestTotal(),
                            rules.extensionStep(),
                            rules.warningBeforeEnd(),
                            reasons,
                            approvals,
                            rules.approvers(),
                            rules.proposals()));
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void everyWayGivesOneAnswer(Wish wish) {
        Answer byCommand = Answer.of(wish.policy().evaluate(wish.request(), wish.before(), NOW));
        assertThat(decided(wish)).as("the decision on the command").isEqualTo(byCommand.verdict());
        if (!wish.isNamed()) {
            assertThat(byCommand.verdict()).as("nobody's environment").isEqualTo(Evaluation.Verdict.REFUSED);
            assertThat(byCommand.open()).as("nobody's environment").contains(CheckName.MAY_REQUEST);
        }
        assertThat(byProposal(wish)).as("as a proposal").isEqualTo(byCommand);
        if (wish.isOpen()) {
            assertThat(byPullRequest(wish).verdict()).as("as a pull request").isEqualTo(Evaluation.Verdict.REFUSED);
        } else {
            assertThat(byPullRequest(wish)).as("as a pull request").isEqualTo(byCommand);
            assertThat(byPush(wish)).as("as a push").isEqualTo(byCommand);
        }
    }

    @ParameterizedTest(name = "approvals {0}")
    @ValueSource(ints = {0, 1})
    void aHolderWhoIsNotKnownIsRefusedOnlyWhereSlackDoesNotVouchForThem(int approvals) {
        Wish wish = new Wish(
                STRANGER,
                "INC-12",
                TWO_HOURS.length(),
                ApprovalScenario.rules(Audience.EVERYONE, approvals, "8h", ApprovalRules.USUAL),
                true,
                false);
        List<CheckName> byPush = approvals == 0 ? List.of() : List.of(CheckName.HOLDER, CheckName.APPROVALS);
        assertThat(byPullRequest(wish).open()).startsWith(CheckName.HOLDER);
        assertThat(byPush(wish).open()).isEqualTo(byPush);
        assertThat(Answer.of(wish.policy().evaluate(wish.request(), wish.before(), NOW))
                        .open())
                .doesNotContain(CheckName.HOLDER);
    }

    @ParameterizedTest(name = "approvals {0}")
    @ValueSource(ints = {0, 1})
    void aPullRequestOpensAccessForItsAuthorAlone(int approvals) {
        Wish wish = new Wish(
                JOHN,
                "INC-12",
                TWO_HOURS.length(),
                ApprovalScenario.rules(Audience.EVERYONE, approvals, "8h", ApprovalRules.USUAL),
                true,
                false);
        assertThat(Answer.of(pullRequest(wish, wish.ledger(), "janeroe")).open())
                .startsWith(CheckName.HOLDER);
        assertThat(Answer.of(pullRequest(wish, wish.ledger(), "JohnDoe")).open())
                .doesNotContain(CheckName.HOLDER);
    }

    /** Everything at once: a command, a proposal, a pull request by hand, a push by hand. */
    @ParameterizedTest(name = "named {0}, approvals {1}")
    @CsvSource({"true, 0", "true, 1", "false, 0", "false, 1"})
    void theHolderIsAskedForAgainAtAnExtensionByEveryWay(boolean isNamed, int approvals) {
        EnvironmentRules rules =
                ApprovalScenario.rules(Audience.of(Set.of("U2")), approvals, "8h", ApprovalRules.USUAL);
        AccessPolicy policy = new AccessPolicy(
                RulesByEnvironment.of(rules, isNamed ? Map.of(PROD, rules) : Map.of()), ApprovalScenario.PEOPLE);
        Grant grant = grant(JOHN, PROD, NOW, NOW.plusSeconds(3600));
        Grant longer = grant.until(NOW.plusSeconds(7200));
        EnvironmentState before = new EnvironmentState.Open(grant);
        LedgerSnapshot ledger = new LedgerSnapshot(commit(1), new TreeMap<>(Map.of(PROD, before)), policy);
        Refusal refusal = isNamed ? new Refusal.NotAllowed(PROD, JOHN) : new Refusal.UnnamedEnvironment(PROD);
        for (Person actor : List.of(JOHN, JANE, ApprovalScenario.MAX)) {
            assertThat(policy.decideExtension(Examples.extension(actor, PROD, "1h"), before, Usage.NONE, NOW))
                    .as("the command of %s", actor)
                    .isEqualTo(new Decision.Refuse(CheckName.MAY_REQUEST, refusal));
            ProposedChange change = new ProposedChange.Extension(
                    RequestId.derivedFrom("x"), grant, longer.expiresAt(), actor, NOW, ApprovalScenario.LAPSES);
            assertThat(new ProposalEvaluator(
                                    policy,
                                    ApprovalScenario.snapshot(change, ApprovalScenario.approves(1, "maxm")),
                                    before,
                                    NOW.plusSeconds(5))
                            .decide())
                    .as("the approved proposal of %s", actor)
                    .isEqualTo(new ProposalDecision.Refuse(refusal));
        }
        ManualPullRequest pullRequest = new ManualPullRequest(
                42,
                Optional.of("janeroe"),
                HEAD,
                List.of(ApprovalScenario.approves(1, "maxm")),
                Pushers.SERVICE,
                changes(longer));
        assertThat(PullRequestEvaluation.of(pullRequest, ledger, NOW)
                        .changes()
                        .getFirst()
                        .evaluation()
                        .refusal())
                .as("the approved pull request")
                .contains(new Decision.Refuse(CheckName.MAY_REQUEST, refusal));
        assertThat(policy.evaluateExtendedByHand(longer, Evidence.NONE).refusal())
                .as("the push")
                .contains(new Decision.Refuse(CheckName.MAY_REQUEST, refusal));
        assertThat(policy.decideEnd(new End.EndedBy(JOHN), before, NOW))
                .as("the end")
                .isInstanceOf(Decision.Proceed.class);
    }

    /** The person holds as many grants as the policy allows: by hand there is no more than by command. */
    @Test
    void theLimitOfGrantsAtOnceHoldsByEveryWay() {
        Wish wish = new Wish(
                JOHN,
                "INC-12",
                TWO_HOURS.length(),
                ApprovalScenario.rules(Audience.EVERYONE, 0, "8h", ApprovalRules.USUAL),
                true,
                false);
        Grant other = grant(JOHN, new EnvironmentName("other"), NOW, NOW.plusSeconds(3600));
        AccessPolicy policy = new AccessPolicy(
                wish.policy().environments(),
                new PersonLimits(1, 20, Duration.ZERO),
                ApprovalScenario.PEOPLE,
                Audience.NOBODY);
        LedgerSnapshot ledger = new LedgerSnapshot(
                commit(1),
                new TreeMap<>(Map.of(PROD, wish.before(), other.environment(), new EnvironmentState.Open(other))),
                policy);
        Decision.Refuse refused =
                new Decision.Refuse(CheckName.LIMITS, new Refusal.TooManyAtOnce(JOHN, 1, other.expiresAt()));
        assertThat(policy.decide(wish.request(), wish.before(), ledger.usage(), NOW))
                .isEqualTo(refused);
        assertThat(pullRequest(wish, ledger).refusal()).contains(refused);
        assertThat(policy.evaluateOpened(wish.written(true), false, Evidence.of(ledger.usage()))
                        .refusal())
                .contains(refused);
    }

    private static Evaluation.Verdict decided(Wish wish) {
        return switch (wish.policy().decide(wish.request(), wish.before(), Usage.NONE, NOW)) {
            case Decision.Proceed _ -> Evaluation.Verdict.ALLOWED;
            case Decision.Propose _ -> Evaluation.Verdict.NEEDS;
            case Decision.Refuse _ -> Evaluation.Verdict.REFUSED;
        };
    }

    private static Answer byProposal(Wish wish) {
        ProposedChange change = new ProposedChange.Opening(
                wish.request(), new GrantDuration(wish.length()), NOW, ApprovalScenario.LAPSES);
        return Answer.of(new ProposalEvaluator(
                        wish.policy(),
                        ApprovalScenario.snapshot(change).rulesAlone(),
                        wish.before(),
                        NOW.plusSeconds(1))
                .evaluate());
    }

    private static Answer byPullRequest(Wish wish) {
        return Answer.of(pullRequest(wish, wish.ledger()));
    }

    private static Evaluation pullRequest(Wish wish, LedgerSnapshot ledger) {
        return pullRequest(
                wish, ledger, wish.policy().people().loginOf(wish.who()).orElse("stranger"));
    }

    private static FileChanges changes(Grant wanted) {
        return new FileChanges(
                List.of(new EnvironmentEdit(PROD, Optional.of(new EnvironmentState.Open(wanted)), false)),
                List.of(),
                List.of(),
                List.of());
    }

    private static Evaluation pullRequest(Wish wish, LedgerSnapshot ledger, String author) {
        ManualPullRequest pullRequest = new ManualPullRequest(
                42, Optional.of(author), HEAD, List.of(), Pushers.of(List.of(author)), changes(wish.written(true)));
        return PullRequestEvaluation.of(pullRequest, ledger, NOW)
                .changes()
                .getFirst()
                .evaluation();
    }

    private static Answer byPush(Wish wish) {
        return Answer.of(wish.policy().evaluateOpened(wish.written(true), false, Evidence.NONE));
    }
}
