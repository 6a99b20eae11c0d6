package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.ReviewTally;
import dev.bastion.sandbox.github.status.CheckState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/** The active rulesets, and the violations that a push or a merge would be. */
public final class RulesetEnforcer {
    private static final String QUEUE = "Changes must be made through the merge queue";
    private static final String UNVERIFIED = "Commits must have verified signatures.";

    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<Long, Ruleset> rulesets = new ConcurrentSkipListMap<>();
    private final Checks checks;
    private final CommitHistory history;

    /** The state of a check at a commit. */
    @FunctionalInterface
    public interface Checks {
        /** @param account the number of the account that must have reported it; empty for any */
        CheckState of(String commit, String context, Optional<Long> account);
    }

    public RulesetEnforcer(CommitHistory history, Checks checks) {
        this.history = history;
        this.checks = checks;
    }

    public long add(Ruleset ruleset) {
        long id = ids.incrementAndGet();
        rulesets.put(id, ruleset);
        return id;
    }

    public void remove(long id) {
        rulesets.remove(id);
    }

    public Map<Long, Ruleset> all() {
        return new LinkedHashMap<>(rulesets);
    }

    /** Changes a ruleset; false when there is none of that number. */
    public boolean replace(long id, Ruleset ruleset) {
        return rulesets.replace(id, ruleset) != null;
    }

    /** The violations of a push; empty when it is allowed. */
    public List<String> violations(Push push, Account pusher) {
        return about(push.branch(), ruleset -> ruleset.bindsPushOf(pusher))
                .flatMap(rule -> violations(rule, push).stream())
                .toList();
    }

    /** The violations of a merge by an account without bypass, by any method; empty when it is allowed. */
    public List<String> violations(PullRequest pull, String base) {
        List<Rule> rules = about(pull.base(), _ -> true)
                .filter(rule -> !(rule instanceof Rule.LinearHistory))
                .toList();
        return violations(rules, pull, base, "");
    }

    /**
     * The violations of a merge by an account.
     *
     * @param method merge, squash or rebase
     */
    public List<String> violations(PullRequest pull, String base, Account merger, String method) {
        List<Rule> rules =
                about(pull.base(), ruleset -> ruleset.bindsMergeOf(merger)).toList();
        return violations(rules, pull, base, method);
    }

    public boolean dismissesStaleReviews(String branch) {
        return about(branch, _ -> true)
                .anyMatch(rule -> rule instanceof Rule.NeedsPullRequest needs && needs.dismissStale());
    }

    /** Whether a pull request must have all that its base has, and has not. */
    public boolean isBehind(PullRequest pull, String base) {
        return isBehind(about(pull.base(), _ -> true), pull, base);
    }

    private boolean isBehind(Stream<Rule> rules, PullRequest pull, String base) {
        return rules.anyMatch(rule -> rule instanceof Rule.NeedsChecks checks && checks.strict())
                && !history.descendsFrom(pull.head(), base);
    }

    private List<String> violations(List<Rule> rules, PullRequest pull, String base, String method) {
        List<String> violations = rules.stream()
                .flatMap(rule -> violations(rule, pull, method).stream())
                .toList();
        return violations.isEmpty() && isBehind(rules.stream(), pull, base)
                ? List.of("This branch is out of date with the base branch.")
                : violations;
    }

    private Stream<Rule> about(String branch, Predicate<Ruleset> which) {
        return rulesets.values().stream()
                .filter(ruleset -> ruleset.appliesTo(branch))
                .filter(which)
                .flatMap(ruleset -> ruleset.rules().stream());
    }

    private List<String> violations(Rule rule, Push push) {
        if (push.after().equals(Push.NOTHING)) {
            return rule instanceof Rule.NoDeletion ? List.of("Cannot delete this branch") : List.of();
        }
        boolean makes = push.before().equals(Push.NOTHING);
        return switch (rule) {
            case Rule.NoDeletion(), Rule.Advice _ -> List.of();
            case Rule.NoCreation() ->
                makes ? List.of("Cannot create ref due to creations being restricted.") : List.of();
            case Rule.NoForcePush() ->
                makes || history.descendsFrom(push.after(), push.before())
                        ? List.of()
                        : List.of("Cannot force-push to this branch");
            case Rule.NoUpdate() -> makes ? List.of() : List.of("Cannot update this protected ref.");
            case Rule.NeedsPullRequest _ -> makes ? List.of() : List.of("Changes must be made through a pull request.");
            case Rule.MergeQueue() -> makes ? List.of() : List.of(QUEUE);
            case Rule.NeedsChecks needed -> missing(needed, push.after());
            case Rule.LinearHistory() ->
                added(push).anyMatch(commit -> commit.getParentCount() > 1)
                        ? List.of("This branch must not contain merge commits.")
                        : List.of();
            case Rule.SignedCommits() -> List.of(UNVERIFIED);
            case Rule.Unmet(var _, String words) -> List.of(words);
            case Rule.Pattern pattern ->
                pattern.type().equals("branch_name_pattern") && !makes
                        ? List.of()
                        : added(push)
                                .filter(commit -> !pattern.allows(text(pattern, push.branch(), commit)))
                                .map(_ -> violation(pattern))
                                .distinct()
                                .toList();
        };
    }

    /** The new commits; of a new branch, its newest. */
    private Stream<RevCommit> added(Push push) {
        return push.before().equals(Push.NOTHING)
                ? Stream.of(history.commit(push.after()))
                : history.between(push.before(), push.after()).stream();
    }

    private static String text(Rule.Pattern pattern, String branch, RevCommit commit) {
        return switch (pattern.type()) {
            case "branch_name_pattern" -> branch;
            case "commit_message_pattern" -> commit.getFullMessage();
            case "commit_author_email_pattern" -> commit.getAuthorIdent().getEmailAddress();
            default -> commit.getCommitterIdent().getEmailAddress();
        };
    }

    private static String violation(Rule.Pattern pattern) {
        return pattern.type().replace('_', ' ') + " must " + (pattern.negate() ? "not " : "") + pattern.operator() + " "
                + pattern.pattern();
    }

    /** @param method empty for any */
    private List<String> violations(Rule rule, PullRequest pull, String method) {
        return switch (rule) {
            case Rule.NoDeletion(), Rule.NoForcePush(), Rule.NoCreation(), Rule.Advice _ -> List.of();
            case Rule.NoUpdate() -> List.of("Cannot update this protected ref.");
            case Rule.NeedsPullRequest needed ->
                method.isEmpty() || needed.methods().contains(method)
                        ? reviews(needed.approvals(), ReviewTally.of(pull))
                        : List.of("Merge method " + method + " is not allowed by a repository rule.");
            case Rule.NeedsChecks needed -> missing(needed, pull.head());
            case Rule.MergeQueue() -> List.of(QUEUE);
            case Rule.LinearHistory() ->
                method.equals("merge") ? List.of("This branch must not contain merge commits.") : List.of();
            case Rule.SignedCommits() -> List.of(UNVERIFIED);
            case Rule.Unmet(var _, String words) -> List.of(words);
            case Rule.Pattern pattern ->
                pattern.type().equals("branch_name_pattern")
                                || pattern.allows(text(pattern, pull.branch(), history.commit(pull.head())))
                        ? List.of()
                        : List.of(violation(pattern));
        };
    }

    private static List<String> reviews(int approvals, ReviewTally opinions) {
        if (approvals > 0 && opinions.hasRequestedChanges()) {
            return List.of("Changes have been requested by a reviewer with write access.");
        }
        return opinions.approvals() >= approvals
                ? List.of()
                : List.of("At least " + approvals + " approving review" + (approvals == 1 ? " is" : "s are")
                        + " required by reviewers with write access.");
    }

    private List<String> missing(Rule.NeedsChecks needed, String commit) {
        List<String> open = needed.contexts().stream()
                .filter(context -> state(needed, commit, context) != CheckState.PASSED)
                .toList();
        return switch (open.size()) {
            case 0 -> List.of();
            case 1 ->
                List.of("Required status check \"" + open.getFirst() + "\" is "
                        + word(state(needed, commit, open.getFirst())) + ".");
            default ->
                List.of(open.size() + " of " + needed.contexts().size() + " required status checks are expected.");
        };
    }

    private CheckState state(Rule.NeedsChecks needed, String commit, String context) {
        return checks.of(
                commit, context, Optional.ofNullable(needed.integrations().get(context)));
    }

    private static String word(CheckState verdict) {
        return switch (verdict) {
            case MISSING -> "expected";
            case PENDING -> "in progress";
            case FAILING -> "failing";
            case PASSED -> "passed";
        };
    }
}
