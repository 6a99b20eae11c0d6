package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.EnvironmentPattern;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.state.IdentityProblems;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bastion policy check}, which finds all problems of the policy files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Finds all problems in access-policy.yaml and people.yaml, and environments that share resources.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no problems",
            "1:an environment that no key of the policy names, or that is mixed up with another",
            "2:invalid policy files, or wrong usage"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PolicyOptions options = new PolicyOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            PolicySource source = options.source();
            AccessPolicy policy = source.policy();
            RulesByEnvironment rules = policy.environments();
            keysWithoutEnvironment(rules, source.environments())
                    .forEach(key -> err.println("note: access-policy.yaml has rules for " + key
                            + ", but no such environment exists; if the name is misspelt, correct it"));
            shadowed(rules, source.environments()).forEach(err::println);
            aliases(rules, source.layout()).forEach(err::println);
            NameProblems.slotsWithoutFile(source.layout(), source.environments())
                    .forEach(problem ->
                            err.println("note: ledger.yaml: " + problem + "; add each file, or lower the number"));
            if (rules.all().anyMatch(one -> one.proposals().inSlack())) {
                err.println("note: approve_in names slack: a Slack account then opens access, and only a ledger whose"
                        + " entries are signed takes such approvals (signing.key_file or signing.kms_key)");
            }
            rules.externalAudiences()
                    .forEach(audience -> err.println("note: " + audience + " is answered by "
                            + audience.scheme().system() + " when a request is decided; a person counts by "
                            + keyOf(audience.scheme()) + " in people.yaml"));
            List<EnvironmentName> unnamed = source.environments().stream()
                    .filter(environment -> !rules.isNamed(environment))
                    .toList();
            List<String> mixedUp = mixedUp(source);
            mixedUp.forEach(err::println);
            unnamed.forEach(environment -> err.println("access-policy.yaml: environments: no key names " + environment
                    + ", so nobody may request it; add it, or write unnamed: defaults"));
            out.println(source.name() + ": "
                    + (rules.names().size() + rules.patterns().size())
                    + " keys of environments, " + policy.people().all().size() + " people, "
                    + outcome(unnamed.size(), mixedUp.size()));
            return unnamed.isEmpty() && mixedUp.isEmpty() ? 0 : 1;
        } catch (PolicyProblems e) {
            e.problems().forEach(err::println);
            return 2;
        } catch (NotFound e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static String outcome(int unnamed, int mixedUp) {
        return unnamed > 0
                ? unnamed + " environments without rules"
                : mixedUp > 0 ? mixedUp + " environments that are mixed up with others" : "no problems";
    }

    /** What is wrong with the names of the environments' resources and with the places of their states. */
    private static List<String> mixedUp(PolicySource source) {
        SourceTree tree = new SourceTree(source);
        Layout layout = source.layout();
        return IdentityProblems.in(
                        tree,
                        layout,
                        tree.paths().stream().filter(layout::isNamed).toList())
                .stream()
                .map(ShapeProblem::sentence)
                .toList();
    }

    /** The patterns that match environments, and that a more specific key overrides for each of them. */
    private static Stream<String> shadowed(RulesByEnvironment rules, Set<EnvironmentName> existing) {
        return rules.patterns().keySet().stream()
                .sorted(Comparator.comparing(EnvironmentPattern::value))
                .flatMap(pattern -> {
                    List<EnvironmentName> matching =
                            existing.stream().filter(pattern::matches).toList();
                    Set<String> deciding = matching.stream()
                            .flatMap(environment -> rules.keyOf(environment).stream())
                            .collect(Collectors.toCollection(TreeSet::new));
                    return matching.isEmpty() || deciding.contains(pattern.value())
                            ? Stream.empty()
                            : Stream.of("note: access-policy.yaml: environments: " + pattern
                                    + " decides nothing, because " + String.join(", ", deciding)
                                    + " is more specific wherever it matches; remove it, or the others");
                });
    }

    private static Stream<String> aliases(RulesByEnvironment rules, Layout layout) {
        return layout.aliases().byAlias().entrySet().stream()
                .filter(alias -> rules.names().keySet().stream().anyMatch(alias.getKey()::isTyped))
                .map(alias -> "note: access-policy.yaml: environments: " + alias.getKey()
                        + " is an alias, and a key must be a name or a pattern; write " + alias.getValue());
    }

    private static String keyOf(ExternalAudience.Scheme scheme) {
        return switch (scheme) {
            case GITHUB_TEAM -> "github";
            case SLACK_GROUP -> "id";
            case ON_CALL -> "pagerduty";
        };
    }

    private static Stream<String> keysWithoutEnvironment(RulesByEnvironment rules, Set<EnvironmentName> existing) {
        Stream<String> names = rules.names().keySet().stream()
                .filter(name -> existing.stream().noneMatch(name::isTyped))
                .map(EnvironmentName::value);
        Stream<String> patterns = rules.patterns().keySet().stream()
                .filter(pattern -> existing.stream().noneMatch(pattern::matches))
                .map(EnvironmentPattern::value);
        return Stream.concat(names, patterns).sorted();
    }
}
