package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyProblems;
import java.io.PrintWriter;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bastion policy check}, which finds all problems of the policy files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Finds all problems in access-policy.yaml and people.yaml.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no problems", "2:problems, or wrong usage"})
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
                    + ", but no such environment exists; if the name is misspelt, that environment gets the defaults"));
            out.println(source.name() + ": " + policy.environments().size() + " environments with rules of their own, "
                    + policy.people().all().size() + " people, no problems");
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
