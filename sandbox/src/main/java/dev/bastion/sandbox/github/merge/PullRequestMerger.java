package dev.bastion.sandbox.github.merge;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.MergeCommits;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.git.RepositoryName;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestStore;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import dev.bastion.sandbox.github.rules.Violations;
import java.time.Instant;
import java.util.Optional;

/** Merges pull requests: checks head, rules and faults, writes the commit, moves the base branch, closes the pull request. */
public final class PullRequestMerger {
    private final RepositoryName name;
    private final PullRequestStore pulls;
    private final Branches branches;
    private final MergeCommits merging;
    private final RulesetEnforcer rules;
    private final GitHubFaults faults;

    public PullRequestMerger(
            RepositoryName name,
            PullRequestStore pulls,
            Branches branches,
            MergeCommits merging,
            RulesetEnforcer rules,
            GitHubFaults faults) {
        this.name = name;
        this.pulls = pulls;
        this.branches = branches;
        this.merging = merging;
        this.rules = rules;
        this.faults = faults;
    }

    /**
     * Merges it; answers the commit that the base branch then has.
     *
     * @throws GitHubException as GitHub refuses it: 405 not mergeable or against a rule, 409 another head
     */
    public String merge(PullRequest pull, Account actor, MergeOptions options) {
        return pulls.locked(() -> {
            String base = branches.tip(pull.base());
            requireMergeable(pull, base, actor, options);
            String commit = commit(pull, base, actor, options)
                    .orElseThrow(() -> new GitHubException(405, "Pull Request is not mergeable"));
            if (!branches.set(pull.base(), base, commit, actor)) {
                throw baseModified();
            }
            // before anybody hears that the branch moved: they find the pull request merged
            pulls.merged(pull, actor, base, commit);
            branches.tell(new Push(pull.base(), base, commit), actor);
            return commit;
        });
    }

    private void requireMergeable(PullRequest pull, String base, Account actor, MergeOptions options) {
        if (!pull.isOpen()) {
            throw new GitHubException(405, "Pull Request is not mergeable");
        }
        if (!options.sha().isEmpty() && !options.sha().equals(pull.head())) {
            throw new GitHubException(409, "Head branch was modified. Review and try the merge again.");
        }
        if (faults.takeModifiedBase()) {
            throw baseModified();
        }
        Violations violations = rules.violations(pull, base, actor, options.method());
        if (!violations.isEmpty()) {
            throw new GitHubException(405, violations.message());
        }
    }

    private static GitHubException baseModified() {
        return new GitHubException(405, "Base branch was modified. Review and try the merge again.");
    }

    private Optional<String> commit(PullRequest pull, String base, Account actor, MergeOptions options) {
        Instant now = pulls.now();
        return switch (options.method()) {
            case "merge" ->
                merging.merge(
                        base,
                        pull.head(),
                        actor,
                        message(
                                options.title(),
                                "Merge pull request #" + pull.number() + " from " + name.owner() + "/" + pull.branch(),
                                options.message().isEmpty() ? pull.title() : options.message()),
                        now);
            case "squash" ->
                merging.squash(
                        base,
                        pull.head(),
                        pull.author(),
                        message(options.title(), pull.title() + " (#" + pull.number() + ")", options.message()),
                        now);
            case "rebase" -> merging.rebase(base, pull.head(), actor, now);
            default ->
                throw GitHubException.unprocessable("Invalid request.\n\n" + options.method()
                        + " is not a member of [\"merge\", \"squash\", \"rebase\"].");
        };
    }

    private static String message(String title, String otherwise, String rest) {
        String first = title.isEmpty() ? otherwise : title;
        return rest.isEmpty() ? first : first + "\n\n" + rest;
    }
}
