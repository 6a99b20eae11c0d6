package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.git.BareRepository;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A ruleset: rules for branches, and who bypasses them; or a branch's classic protection.
 *
 * @param target what its rules are for
 * @param enforcement {@code active}, {@code evaluate} or {@code disabled}
 * @param include {@code ~DEFAULT_BRANCH}, {@code ~ALL}, or patterns of ref names like {@code refs/heads/release/**}
 * @param exclude the same
 */
public record Ruleset(
        String name,
        Target target,
        String enforcement,
        List<String> include,
        List<String> exclude,
        List<Rule> rules,
        List<BypassActor> bypass) {
    /** What the rules of a ruleset are for. */
    public enum Target {
        /** The branches that its conditions name. */
        BRANCH,
        /** Tags, which nothing here makes. */
        TAG,
        /** Every push, to any branch. */
        PUSH,
        /** One branch, as classic protection, which the endpoints of rulesets do not show. */
        CLASSIC
    }

    private static final String ACTIVE = "active";

    public Ruleset {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        rules = List.copyOf(rules);
        bypass = List.copyOf(bypass);
    }

    /** Rules for the default branch which bind everybody. */
    public static Ruleset ofDefaultBranch(String name, Rule... rules) {
        return of(name, "~DEFAULT_BRANCH", rules);
    }

    /** Rules for some branches which bind everybody. */
    public static Ruleset of(String name, String branches, Rule... rules) {
        return new Ruleset(name, Target.BRANCH, ACTIVE, List.of(branches), List.of(), List.of(rules), List.of());
    }

    /** Classic protection of a branch, with no exceptions. */
    public static Ruleset classic(String branch, Rule... rules) {
        return new Ruleset(
                "classic protection",
                Target.CLASSIC,
                ACTIVE,
                List.of("refs/heads/" + branch),
                List.of(),
                List.of(rules),
                List.of());
    }

    boolean isClassic() {
        return target == Target.CLASSIC;
    }

    /** The same, not binding these. */
    public Ruleset bypassedBy(String... logins) {
        return bypassedBy(BypassActor.Mode.ALWAYS, logins);
    }

    /** The same, which these bypass in one mode. */
    public Ruleset bypassedBy(BypassActor.Mode mode, String... logins) {
        return new Ruleset(
                name,
                target,
                enforcement,
                include,
                exclude,
                rules,
                Stream.of(logins).map(login -> new BypassActor(login, mode)).toList());
    }

    public boolean appliesTo(String branch) {
        return enforcement.equals(ACTIVE)
                && switch (target) {
                    case TAG -> false;
                    case PUSH -> true;
                    case BRANCH, CLASSIC ->
                        include.stream().anyMatch(pattern -> matches(pattern, branch))
                                && exclude.stream().noneMatch(pattern -> matches(pattern, branch));
                };
    }

    private static boolean matches(String pattern, String branch) {
        return switch (pattern) {
            case "~ALL" -> true;
            case "~DEFAULT_BRANCH" -> branch.equals(BareRepository.DEFAULT_BRANCH);
            default ->
                FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(Path.of("refs/heads/" + branch));
        };
    }

    /** How an account bypasses it; empty when it does not. */
    public Optional<BypassActor.Mode> bypassOf(Account account) {
        return bypass.stream()
                .filter(actor -> actor.is(account))
                .map(BypassActor::mode)
                .findFirst();
    }

    boolean bindsPushOf(Account account) {
        return bypassOf(account)
                .filter(mode -> mode != BypassActor.Mode.PULL_REQUEST)
                .isEmpty();
    }

    boolean bindsMergeOf(Account account) {
        return bypassOf(account).isEmpty();
    }
}
