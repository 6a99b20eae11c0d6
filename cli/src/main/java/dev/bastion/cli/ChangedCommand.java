package dev.bastion.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.cli.option.FaultExit;
import dev.bastion.cli.option.LayoutOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bastion changed OLD..NEW}: the environments that CI plans or applies. */
@Command(
        name = "changed",
        mixinStandardHelpOptions = true,
        description = "Lists the environments that a range of commits changes, removed ones included."
                + " On the standard error: those that are not in canonical shape, and files that only look like one.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class ChangedCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "OLD..NEW",
            description = "Two commits. OLD...NEW: what NEW changed since it left OLD, like a pull request."
                    + " NEW alone, or an unknown OLD: every environment of NEW.")
    private String range = "HEAD";

    @Option(names = "--json", description = "Print one JSON list.")
    private boolean json;

    @Option(
            names = "--directories",
            description = "Print the directories of the environments, which `bastion plan` and `bastion apply` take.")
    private boolean directories;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Only this environment; that it is not among them is wrong usage.")
    private Optional<EnvironmentName> only = Optional.empty();

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    ChangedCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PrintWriter errors = spec.commandLine().getErr();
        return FaultExit.of(errors::println, () -> list(errors));
    }

    private int list(PrintWriter errors) {
        ChangedEnvironments repository = new ChangedEnvironments(Path.of("."), environment, layout.source());
        ChangedEnvironments.Changes changes = repository.in(range);
        Optional<EnvironmentName> named = only.map(typed -> repository.named(typed, range.replaceAll("^.*\\.\\.", "")));
        changes.notes().forEach(errors::println);
        List<ChangedEnvironments.Changed> all = changes.all().stream()
                .filter(changed -> named.isEmpty() || named.get().equals(changed.environment()))
                .toList();
        if (only.isPresent() && all.isEmpty()) {
            errors.println("there is no environment " + only.get() + " in " + range + "; its name is like prod/orders");
            return 2;
        }
        print(all.stream()
                .map(changed -> directories
                        ? changed.directory()
                        : changed.environment().value())
                .distinct()
                .sorted()
                .toList());
        return 0;
    }

    private void print(List<String> texts) {
        PrintWriter output = spec.commandLine().getOut();
        if (json) {
            output.println(texts.stream()
                    .map(text -> TextNode.valueOf(text).toString())
                    .collect(Collectors.joining(",", "[", "]")));
        } else {
            texts.forEach(output::println);
        }
        output.flush();
    }
}
