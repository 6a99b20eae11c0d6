package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.CommitDiff;
import dev.bastion.sandbox.github.git.CommitFiles;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.status.CheckState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The active rulesets and classic protections, and the violations that a push or a merge would be. */
public final class RulesetEnforcer {
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<Long, Ruleset> rulesets = new ConcurrentSkipListMap<>();
    private final CommitHistory history;
    private final PushRule pushes;
    private final MergeRule merges;

    /** The state of a check at a commit. */
    @FunctionalInterface
    public interface Checks {
        /** @param account the number of the account that must have reported it; empty for any */
        CheckState of(String commit, String context, Optional<Long> account);
    }

    /** @param isAccount whether a login may own code */
    public RulesetEnforcer(BareRepository repository, Checks checks, Predicate<String> isAccount) {
        CommitDiff differences = new CommitDiff(repository);
        CommitFiles content = new CommitFiles(repository);
        RequiredResults results = new RequiredResults(checks);
        FileRules files = new FileRules(differences, content);
        this.history = new CommitHistory(repository);
        this.pushes = new PushRule(history, results, files);
        this.merges = new MergeRule(
                history, results, files, new ReviewRules(history, differences, new CodeOwners(content, isAccount)));
    }

    public long add(Ruleset ruleset) {
        long id = ids.incrementAndGet();
        rulesets.put(id, ruleset);
        return id;
    }

    public void remove(long id) {
        rulesets.remove(id);
    }

    /** The rulesets, without classic protection. */
    public Map<Long, Ruleset> all() {
        Map<Long, Ruleset> all = new LinkedHashMap<>(rulesets);
        all.values().removeIf(Ruleset::isClassic);
        return all;
    }

    /** The rules of a branch's classic protection; empty when it has none. */
    public List<Rule> protection(String branch) {
        return rulesets.values().stream()
                .filter(ruleset -> ruleset.isClassic() && ruleset.appliesTo(branch))
                .flatMap(ruleset -> ruleset.rules().stream())
                .toList();
    }

    /** Changes a ruleset; false when there is none of that number. */
    public boolean replace(long id, Ruleset ruleset) {
        return rulesets.replace(id, ruleset) != null;
    }

    /** The violations of a push; empty when it is allowed. */
    public Violations violations(Push push, Account pusher) {
        return violations(push.branch(), ruleset -> ruleset.bindsPushOf(pusher), rule -> pushes.violations(rule, push));
    }

    /** The violations of a merge by an account without bypass, by any method; empty when it is allowed. */
    public Violations violations(PullRequest pull, String base) {
        return violations(pull, base, _ -> true, "");
    }

    /**
     * The violations of a merge by an account.
     *
     * @param method merge, squash or rebase
     */
    public Violations violations(PullRequest pull, String base, Account merger, String method) {
        return violations(pull, base, ruleset -> ruleset.bindsMergeOf(merger), method);
    }

    private Violations violations(PullRequest pull, String base, Predicate<Ruleset> which, String method) {
        Violations found = violations(
                pull.base(),
                which,
                rule -> method.isEmpty() && rule instanceof Rule.LinearHistory
                        ? List.of()
                        : merges.violations(rule, pull, base, method));
        return found.isEmpty() && isBehind(about(pull.base(), which), pull, base)
                ? new Violations(List.of(RuleWords.BEHIND), List.of())
                : found;
    }

    private Violations violations(String branch, Predicate<Ruleset> which, Function<Rule, List<String>> judgement) {
        return new Violations(
                about(branch, which.and(Predicate.not(Ruleset::isClassic)))
                        .flatMap(rule -> judgement.apply(rule).stream())
                        .toList(),
                about(branch, which.and(Ruleset::isClassic))
                        .flatMap(rule -> judgement.apply(rule).stream())
                        .toList());
    }

    public boolean dismissesStaleReviews(String branch) {
        return about(branch, _ -> true)
                .anyMatch(rule -> rule instanceof Rule.NeedsPullRequest needs
                        && needs.reviews().dismissStale());
    }

    /** Whether a pull request must have all that its base has, and has not. */
    public boolean isBehind(PullRequest pull, String base) {
        return isBehind(about(pull.base(), _ -> true), pull, base);
    }

    private boolean isBehind(Stream<Rule> rules, PullRequest pull, String base) {
        return rules.anyMatch(rule -> rule instanceof Rule.NeedsChecks checks && checks.strict())
                && !history.descendsFrom(pull.head(), base);
    }

    private Stream<Rule> about(String branch, Predicate<Ruleset> which) {
        return rulesets.values().stream()
                .filter(ruleset -> ruleset.appliesTo(branch))
                .filter(which)
                .flatMap(ruleset -> ruleset.rules().stream());
    }
}
