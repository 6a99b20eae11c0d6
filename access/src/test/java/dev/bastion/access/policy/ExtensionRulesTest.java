package dev.bastion.access.policy;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.approves;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.MALLORY;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.policy.CheckName.APPROVALS;
import static dev.bastion.access.policy.CheckName.CONTROL;
import static dev.bastion.access.policy.CheckName.DURATION;
import static dev.bastion.access.policy.CheckName.ENVIRONMENT;
import static dev.bastion.access.policy.CheckName.LIMITS;
import static dev.bastion.access.policy.CheckName.MAY_REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.ApprovalScenario;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.BreakGlassRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which checks an extension has: prod needs an approval beyond four hours in total, break-glass beyond one. */
class ExtensionRulesTest {
    private static final AccessPolicy POLICY = ApprovalScenario.policy(
            1,
            new ApprovalRules(
                    GrantDuration.parse("1h"),
                    Duration.ofHours(4),
                    true,
                    new BreakGlassRules(Audience.of(Set.of("U1")), GrantDuration.parse("1h"))));
    private static final Grant OPEN = grant(JOHN, PROD, NOW, NOW.plusSeconds(1800));

    private static Evaluation extend(Grant grant, long total, Optional<Person> actor, Evidence evidence) {
        return POLICY.evaluate(
                new Attempt.Extend(grant, NOW.plusSeconds(total), actor),
                new EnvironmentState.Open(grant),
                evidence,
                NOW);
    }

    private static List<CheckName> names(Evaluation evaluation) {
        return evaluation.checks().stream().map(Check::name).toList();
    }

    private static Evidence pullRequest(Review... reviews) {
        return new Evidence(
                42, Optional.of("who"), HEAD, List.of(reviews), Pushers.SERVICE, List.of(), Instant.MAX, Usage.NONE);
    }

    @ParameterizedTest(name = "break-glass {0}: {1} s in total, approval: {2}")
    @CsvSource({"false, 14400, false", "false, 14401, true", "true, 3600, false", "true, 3601, true"})
    void anExtensionBeyondWhatIsCoveredNeedsAnApproval(boolean isBreakGlass, long total, boolean needed) {
        Grant grant = isBreakGlass ? OPEN.with(new ApprovalBasis.BreakGlass(Optional.of(JANE))) : OPEN;
        Evaluation evaluation = extend(grant, total, Optional.of(JOHN), Evidence.NONE);
        assertThat(names(evaluation).contains(APPROVALS)).isEqualTo(needed);
        assertThat(evaluation.verdict()).isEqualTo(needed ? Evaluation.Verdict.NEEDS : Evaluation.Verdict.ALLOWED);
    }

    @Test
    void withoutAnApprovalTheActorControlsTheGrant() {
        assertThat(names(extend(OPEN, 3600, Optional.of(JOHN), Evidence.NONE)))
                .containsExactly(MAY_REQUEST, ENVIRONMENT, ENVIRONMENT, CONTROL, DURATION);
        assertThat(names(extend(OPEN, 3600, Optional.empty(), pullRequest())))
                .containsExactly(MAY_REQUEST, ENVIRONMENT, ENVIRONMENT, CONTROL, DURATION);
        assertThat(extend(OPEN, 3600, Optional.empty(), pullRequest()).verdict())
                .isEqualTo(Evaluation.Verdict.NEEDS);
        assertThat(extend(OPEN, 3600, Optional.of(MALLORY), Evidence.NONE).verdict())
                .isEqualTo(Evaluation.Verdict.REFUSED);
    }

    @Test
    void withAnApprovalAnActorIsJudgedToo() {
        assertThat(names(extend(OPEN, 14_401, Optional.of(JOHN), Evidence.NONE)))
                .containsExactly(MAY_REQUEST, ENVIRONMENT, ENVIRONMENT, CONTROL, DURATION, LIMITS, APPROVALS);
        assertThat(extend(OPEN, 14_401, Optional.of(MALLORY), Evidence.NONE).verdict())
                .isEqualTo(Evaluation.Verdict.REFUSED);
    }

    @Test
    void ofAPullRequestWithoutAnActorTheApprovalIsEnough() {
        Evaluation evaluation = extend(OPEN, 14_401, Optional.empty(), pullRequest(approves(1, "janeroe")));
        assertThat(names(evaluation)).containsExactly(MAY_REQUEST, ENVIRONMENT, ENVIRONMENT, DURATION, APPROVALS);
        assertThat(evaluation.verdict()).isEqualTo(Evaluation.Verdict.ALLOWED);
    }

    @Test
    void whereNoApprovalIsNeededNoneIsAskedHoweverLong() {
        Grant dev = grant(JOHN, DEV, NOW, NOW.plusSeconds(1800));
        assertThat(names(extend(dev, 40_000, Optional.of(JOHN), Evidence.NONE)))
                .containsExactly(MAY_REQUEST, ENVIRONMENT, ENVIRONMENT, CONTROL, DURATION);
    }
}
