package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** The judgement of one rule on a push, by git or by REST. */
final class PushRule {
    private final CommitHistory history;
    private final RequiredResults results;
    private final FileRules files;

    PushRule(CommitHistory history, RequiredResults results, FileRules files) {
        this.history = history;
        this.results = results;
        this.files = files;
    }

    List<String> violations(Rule rule, Push push) {
        if (push.after().equals(Push.NOTHING)) {
            return ofDeletion(rule);
        }
        boolean makes = push.before().equals(Push.NOTHING);
        return switch (rule) {
            case Rule.NoDeletion(), Rule.Advice _ -> List.of();
            case Rule.NoCreation() -> when(makes, RuleWords.NO_CREATION);
            case Rule.NoForcePush() ->
                when(!makes && !history.descendsFrom(push.after(), push.before()), RuleWords.NO_FORCE);
            case Rule.NoUpdate() -> when(!makes, RuleWords.NO_UPDATE);
            case Rule.Locked() -> when(!makes, RuleWords.LOCKED);
            case Rule.NeedsPullRequest _ -> when(!makes, RuleWords.NOT_BY_PUSH);
            case Rule.MergeQueue() -> when(!makes, RuleWords.QUEUE);
            case Rule.NeedsChecks needed ->
                makes && !needed.onCreation() ? List.of() : results.missing(needed, push.after());
            case Rule.NeedsResults needed ->
                makes && !needed.onCreation() ? List.of() : results.missing(needed, push.after());
            case Rule.LinearHistory() ->
                when(added(push).stream().anyMatch(commit -> commit.getParentCount() > 1), RuleWords.NO_MERGE_COMMITS);
            case Rule.SignedCommits() -> List.of(RuleWords.UNVERIFIED);
            case Rule.Files restriction -> files.violations(restriction, added(push));
            case Rule.Pattern pattern -> CommitPatterns.violations(pattern, push.branch(), makes, added(push));
        };
    }

    private static List<String> ofDeletion(Rule rule) {
        return switch (rule) {
            case Rule.NoDeletion() -> List.of(RuleWords.NO_DELETION);
            case Rule.Locked() -> List.of(RuleWords.LOCKED);
            case Rule.Advice _,
                    Rule.NoCreation _,
                    Rule.NoForcePush _,
                    Rule.NoUpdate _,
                    Rule.NeedsPullRequest _,
                    Rule.MergeQueue _,
                    Rule.NeedsChecks _,
                    Rule.NeedsResults _,
                    Rule.LinearHistory _,
                    Rule.SignedCommits _,
                    Rule.Files _,
                    Rule.Pattern _ -> List.of();
        };
    }

    private static List<String> when(boolean isViolated, String words) {
        return isViolated ? List.of(words) : List.of();
    }

    /** The new commits; of a new branch, its newest. */
    private List<RevCommit> added(Push push) {
        return push.before().equals(Push.NOTHING)
                ? List.of(history.commit(push.after()))
                : history.between(push.before(), push.after());
    }
}
