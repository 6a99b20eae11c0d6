package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.BareRepository;
import java.util.List;

/**
 * A ruleset: rules for branches, and who bypasses them.
 *
 * @param branches {@code ~DEFAULT_BRANCH}, {@code ~ALL}, or full ref names like {@code refs/heads/release}
 * @param bypass logins of those it does not bind
 */
public record Ruleset(String name, List<String> branches, List<Rule> rules, List<String> bypass) {
    public Ruleset {
        branches = List.copyOf(branches);
        rules = List.copyOf(rules);
        bypass = List.copyOf(bypass);
    }

    /** Rules for the default branch which bind everybody. */
    public static Ruleset ofDefaultBranch(String name, Rule... rules) {
        return new Ruleset(name, List.of("~DEFAULT_BRANCH"), List.of(rules), List.of());
    }

    /** The same, not binding these. */
    public Ruleset bypassedBy(String... logins) {
        return new Ruleset(name, branches, rules, List.of(logins));
    }

    public boolean appliesTo(String branch) {
        return branches.contains("~ALL")
                || branches.contains("refs/heads/" + branch)
                || (branches.contains("~DEFAULT_BRANCH") && branch.equals(BareRepository.DEFAULT_BRANCH));
    }

    public boolean binds(Account account) {
        return bypass.stream().noneMatch(account.login()::equalsIgnoreCase);
    }
}
