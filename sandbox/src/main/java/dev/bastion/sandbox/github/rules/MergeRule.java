package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.util.List;

/** The judgement of one rule on the merge of a pull request. */
final class MergeRule {
    private final CommitHistory history;
    private final RequiredResults results;
    private final FileRules files;
    private final ReviewRules reviews;

    MergeRule(CommitHistory history, RequiredResults results, FileRules files, ReviewRules reviews) {
        this.history = history;
        this.results = results;
        this.files = files;
        this.reviews = reviews;
    }

    /**
     * @param base the commit that the base branch has
     * @param method merge, squash or rebase; empty for any
     */
    List<String> violations(Rule rule, PullRequest pull, String base, String method) {
        return switch (rule) {
            case Rule.NoDeletion(), Rule.NoForcePush(), Rule.NoCreation(), Rule.Advice _ -> List.of();
            case Rule.NoUpdate() -> List.of(RuleWords.NO_UPDATE);
            case Rule.Locked() -> List.of(RuleWords.LOCKED);
            case Rule.NeedsPullRequest needed ->
                method.isEmpty() || needed.methods().contains(method)
                        ? reviews.violations(needed.reviews(), pull, base)
                        : List.of(RuleWords.method(method));
            case Rule.NeedsChecks needed -> results.missing(needed, pull.head());
            case Rule.NeedsResults needed -> results.missing(needed, pull.head());
            case Rule.MergeQueue() -> List.of(RuleWords.QUEUE);
            case Rule.LinearHistory() -> method.equals("merge") ? List.of(RuleWords.NO_MERGE_COMMITS) : List.of();
            case Rule.SignedCommits() -> List.of(RuleWords.UNVERIFIED);
            case Rule.Files restriction -> files.violations(restriction, history.between(base, pull.head()));
            case Rule.Pattern pattern ->
                CommitPatterns.violations(pattern, pull.base(), false, history.between(base, pull.head()));
        };
    }
}
