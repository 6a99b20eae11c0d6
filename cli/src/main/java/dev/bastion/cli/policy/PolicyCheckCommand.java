package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.PolicyProblems;
import java.io.PrintWriter;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bastion policy check}: everything that is wrong with the policy files, or that nothing is. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Finds everything that is wrong with access-policy.yaml and people.yaml.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "2:something is, or wrong usage"})
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
            NavigableSet<EnvironmentName> unknown =
                    new TreeSet<>(policy.environments().keySet());
            unknown.removeAll(source.environments());
            unknown.forEach(name -> err.println("note: access-policy.yaml has rules for " + name
                    + ", and there is no environment of that name; what is meant has the defaults"));
            out.println(source.name() + ": " + policy.environments().size() + " environments with rules of their own, "
                    + policy.people().all().size() + " people, nothing wrong");
            return 0;
        } catch (PolicyProblems e) {
            e.problems().forEach(err::println);
            return 2;
        } catch (NotFound e) {
            err.println(e.getMessage());
            return 2;
        }
    }
}
