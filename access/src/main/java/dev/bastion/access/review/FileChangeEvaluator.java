package dev.bastion.access.review;

import static dev.bastion.access.policy.CheckName.APPROVALS;
import static dev.bastion.access.policy.CheckName.FILES;
import static dev.bastion.access.policy.CheckName.OWNERS;

import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.ReviewTally;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Check;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The evaluator of a pull request's changes of files, apart from audit values. */
final class FileChangeEvaluator {
    private final AccessPolicy policy;
    private final FileChanges changes;
    private final Evidence evidence;

    FileChangeEvaluator(AccessPolicy policy, Usage usage, ManualPullRequest pullRequest) {
        this.policy = policy;
        this.changes = pullRequest.changes();
        List<Person> author = pullRequest
                .author()
                .flatMap(policy.people()::ofLogin)
                .map(List::of)
                .orElse(List.of());
        this.evidence = new Evidence(
                pullRequest.number(),
                pullRequest.author(),
                pullRequest.head(),
                pullRequest.reviews(),
                pullRequest.pushers(),
                author,
                Instant.MAX,
                usage);
    }

    Evidence evidence() {
        return evidence;
    }

    /** The checks of the pull request as a whole. */
    Evaluation files() {
        List<Check> checks = new ArrayList<>();
        changes.problems().forEach(problem -> checks.add(Check.failed(FILES, new Refusal.InvalidFiles(problem))));
        List<String> owned = subjectsForOwners();
        if (owned.isEmpty()) {
            return new Evaluation(checks, List.of());
        }
        if (policy.owners().ids().isEmpty()) {
            checks.add(Check.failed(OWNERS, new Refusal.NoOwners(owned.getFirst())));
            return new Evaluation(checks, List.of());
        }
        ReviewTally tally = tally(policy.owners());
        List<UnmetRequirement> missing = new ArrayList<>();
        if (!tally.isEnough(1)) {
            missing.add(new UnmetRequirement.OwnerApproval(owned.getFirst(), owned.size() - 1));
            missing.addAll(tally.ofPushers());
        }
        missing.addAll(tally.objections());
        checks.add(Check.unmet(OWNERS, missing));
        return new Evaluation(checks, tally.approvals());
    }

    /**
     * The files that only an owner may approve: those of the whole repository, and those of an environment that has no
     * approvers or whose target nobody can compare.
     */
    private List<String> subjectsForOwners() {
        return Stream.concat(
                        changes.ownedFiles().stream(),
                        changes.configurations().stream()
                                .filter(change -> !change.comparable() || hasNoApprovers(change.environment()))
                                .map(change -> "the configuration of " + change.environment()))
                .toList();
    }

    private boolean hasNoApprovers(EnvironmentName environment) {
        return approversOf(environment).equals(Audience.NOBODY);
    }

    /**
     * Without external audiences: where an environment leads is judged again from the repository, days after the merge, and
     * they answer for the present alone.
     */
    private Audience approversOf(EnvironmentName environment) {
        return policy.rulesOf(environment).approvers().withoutExternal();
    }

    /** The environments whose approvers must agree to a change of configuration, and whether they do. */
    List<PullRequestEvaluation.Change> configurations() {
        return changes.configurations().stream()
                .flatMap(FileChangeEvaluator::concerned)
                .distinct()
                .filter(environment -> !hasNoApprovers(environment))
                .map(environment -> new PullRequestEvaluation.Change(
                        PullRequestEvaluation.Effect.CONFIGURES, environment, approvals(environment)))
                .toList();
    }

    private static Stream<EnvironmentName> concerned(ConfigurationChange change) {
        return Stream.concat(Stream.of(change.environment()), change.sharedWith().stream());
    }

    /** At least one approval, also where opening needs none: another database may stand behind the same name. */
    private Evaluation approvals(EnvironmentName environment) {
        EnvironmentRules rules = policy.rulesOf(environment);
        ReviewTally tally = tally(approversOf(environment));
        List<UnmetRequirement> missing = tally.missingOrObjected(Math.max(1, rules.approvals()));
        return new Evaluation(List.of(Check.unmet(APPROVALS, missing)), tally.approvals());
    }

    private ReviewTally tally(Audience approvers) {
        return ReviewTally.of(evidence, evidence.excluded(), approvers, policy.people());
    }
}
