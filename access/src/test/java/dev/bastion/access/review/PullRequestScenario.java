package dev.bastion.access.review;

import static dev.bastion.access.ApprovalScenario.HEAD;
import static dev.bastion.access.ApprovalScenario.approval;
import static dev.bastion.access.ApprovalScenario.policy;
import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.PROD;
import static dev.bastion.access.Examples.commit;
import static dev.bastion.access.Examples.grant;
import static dev.bastion.access.review.EvaluationView.allowed;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.BreakGlassRules;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Pull requests for prod, evaluated by the policy that John and Jane may request it, approved by Jane or Max. */
final class PullRequestScenario {
    static final ApprovalRules RULES =
            new ApprovalRules(GrantDuration.parse("1h"), Duration.ofHours(4), true, BreakGlassRules.NOBODY);

    /** From an hour ago to in an hour. */
    static final Grant OPEN = prod(JOHN, -60, 60);

    private PullRequestScenario() {}

    static EvaluationView evaluated(ManualPullRequest pullRequest, Optional<EnvironmentState> prod) {
        TreeMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
        states.put(DEV, new EnvironmentState.Closed(DEV));
        prod.ifPresent(state -> states.put(PROD, state));
        return EvaluationView.of(
                PullRequestEvaluation.of(pullRequest, new LedgerSnapshot(commit(1), states, policy(1, RULES)), NOW));
    }

    /** That of the published check. */
    static Evaluation.Verdict verdict(ManualPullRequest pullRequest) {
        LedgerSnapshot ledger = new LedgerSnapshot(commit(1), new TreeMap<>(), policy(1, RULES));
        return PullRequestEvaluation.of(pullRequest, ledger, NOW).verdict();
    }

    static ManualPullRequest pullRequest(String author, List<Review> reviews, EnvironmentEdit... edits) {
        return new ManualPullRequest(
                42,
                Optional.of(author),
                HEAD,
                reviews,
                Pushers.of(List.of(author)),
                new FileChanges(List.of(edits), List.of(), List.of(), List.of()));
    }

    static Optional<EnvironmentState> closed() {
        return Optional.of(new EnvironmentState.Closed(PROD));
    }

    static Optional<EnvironmentState> unclear() {
        return Optional.of(new EnvironmentState.Unclear(PROD, "line 3: merge(...)"));
    }

    static Optional<EnvironmentState> open(Grant grant) {
        return Optional.of(new EnvironmentState.Open(grant));
    }

    static Optional<EnvironmentState> open(Person holder, int fromMinutes, int toMinutes) {
        return open(prod(holder, fromMinutes, toMinutes));
    }

    static Optional<EnvironmentState> open(Person holder, Duration from, Duration to) {
        return open(grant(holder, PROD, NOW.plus(from), NOW.plus(to)));
    }

    static Grant prod(Person holder, int fromMinutes, int toMinutes) {
        return grant(holder, PROD, in(fromMinutes), in(toMinutes));
    }

    static Instant in(int minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }

    static GrantDuration hours(int hours) {
        return GrantDuration.parse(hours + "h");
    }

    static UnmetRequirement approvals(int given) {
        return new UnmetRequirement.Approvals(given, 1);
    }

    static EvaluationView opens(Person by, String login, long review) {
        return allowed(effect(PullRequestEvaluation.Effect.OPENS, approval(by, login, review)));
    }

    static EvaluationView.Effect effect(PullRequestEvaluation.Effect kind, Approval... approvals) {
        return new EvaluationView.Effect(kind, PROD, List.of(approvals));
    }
}
