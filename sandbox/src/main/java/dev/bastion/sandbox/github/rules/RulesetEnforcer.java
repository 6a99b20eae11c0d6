package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.ReviewTally;
import dev.bastion.sandbox.github.status.CheckState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/** The active rulesets, and the violations that a push or a merge would be. */
public final class RulesetEnforcer {
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<Long, Ruleset> rulesets = new ConcurrentSkipListMap<>();
    private final BiFunction<String, String, CheckState> checks;
    private final CommitHistory history;

    /** @param checks the state of a context at a commit */
    public RulesetEnforcer(CommitHistory history, BiFunction<String, String, CheckState> checks) {
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

    /** The violations of a push; empty when it is allowed. */
    public List<String> violations(Push push, Account pusher) {
        List<String> violations = new ArrayList<>();
        binding(push.branch(), pusher).forEach(rule -> violations.addAll(violations(rule, push)));
        return violations;
    }

    /** The violations of a merge by an account without bypass; empty when it is allowed. */
    public List<String> violations(PullRequest pull, String base) {
        return violations(about(pull.base()), pull, base);
    }

    /** The violations of a merge by an account. */
    public List<String> violations(PullRequest pull, String base, Account merger) {
        return violations(binding(pull.base(), merger), pull, base);
    }

    public boolean dismissesStaleReviews(String branch) {
        return about(branch).stream()
                .anyMatch(rule -> rule instanceof Rule.NeedsPullRequest(int _, boolean dismiss) && dismiss);
    }

    /** Whether a pull request must have all that its base has, and has not. */
    public boolean isBehind(PullRequest pull, String base) {
        return !history.descendsFrom(pull.head(), base)
                && about(pull.base()).stream()
                        .anyMatch(rule -> rule instanceof Rule.NeedsChecks(var _, boolean strict) && strict);
    }

    private List<String> violations(List<Rule> rules, PullRequest pull, String base) {
        List<String> violations = new ArrayList<>();
        rules.forEach(rule -> violations.addAll(violations(rule, pull)));
        if (violations.isEmpty()
                && isBehind(pull, base)
                && rules.stream().anyMatch(Rule.NeedsChecks.class::isInstance)) {
            violations.add("This branch is out of date with the base branch.");
        }
        return violations;
    }

    private List<Rule> about(String branch) {
        return rulesets.values().stream()
                .filter(ruleset -> ruleset.appliesTo(branch))
                .flatMap(ruleset -> ruleset.rules().stream())
                .toList();
    }

    private List<Rule> binding(String branch, Account account) {
        return rulesets.values().stream()
                .filter(ruleset -> ruleset.appliesTo(branch) && ruleset.binds(account))
                .flatMap(ruleset -> ruleset.rules().stream())
                .toList();
    }

    private List<String> violations(Rule rule, Push push) {
        boolean deletes = push.after().equals(Push.NOTHING);
        boolean makes = push.before().equals(Push.NOTHING);
        return switch (rule) {
            case Rule.NoDeletion() -> deletes ? List.of("Cannot delete this branch") : List.of();
            case Rule.NoForcePush() ->
                makes || deletes || history.descendsFrom(push.after(), push.before())
                        ? List.of()
                        : List.of("Cannot force-push to this branch");
            case Rule.NoUpdate() -> deletes || makes ? List.of() : List.of("Cannot update this protected ref.");
            case Rule.NeedsPullRequest _ ->
                deletes || makes ? List.of() : List.of("Changes must be made through a pull request.");
            case Rule.NeedsChecks(List<String> contexts, boolean _) ->
                deletes ? List.of() : missing(contexts, push.after());
        };
    }

    private List<String> violations(Rule rule, PullRequest pull) {
        return switch (rule) {
            case Rule.NoDeletion(), Rule.NoForcePush() -> List.of();
            case Rule.NoUpdate() -> List.of("Cannot update this protected ref.");
            case Rule.NeedsPullRequest(int approvals, boolean _) -> reviews(approvals, ReviewTally.of(pull));
            case Rule.NeedsChecks(List<String> contexts, boolean _) -> missing(contexts, pull.head());
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

    private List<String> missing(List<String> contexts, String commit) {
        List<String> open = contexts.stream()
                .filter(context -> checks.apply(commit, context) != CheckState.PASSED)
                .toList();
        return switch (open.size()) {
            case 0 -> List.of();
            case 1 ->
                List.of("Required status check \"" + open.getFirst() + "\" is "
                        + word(checks.apply(commit, open.getFirst())) + ".");
            default -> List.of(open.size() + " of " + contexts.size() + " required status checks are expected.");
        };
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
