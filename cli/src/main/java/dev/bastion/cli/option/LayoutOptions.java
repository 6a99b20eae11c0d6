package dev.bastion.cli.option;

import dev.bastion.apply.ApplyRequest;
import dev.bastion.layout.EnvironmentPaths;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say where environments are, and which modules they may use. */
public final class LayoutOptions {
    @Option(
            names = "--environments",
            paramLabel = "DIR",
            defaultValue = "${env:BASTION_ENVIRONMENTS:-environments}",
            description = "The directory of all environments in the repository, with root.hcl"
                    + " (default: $BASTION_ENVIRONMENTS, else environments).")
    private String root = "environments";

    @Option(
            names = "--module",
            paramLabel = "SOURCE",
            split = ",",
            defaultValue = "${env:BASTION_MODULES}",
            description = "What the source of an environment's module may be, as its file has it; may be repeated"
                    + " (default: $BASTION_MODULES, separated by commas, else terraform-modules//bastion of the"
                    + " repository).")
    private List<String> modules = List.of();

    public ApplyRequest.Layout layout() {
        List<String> given = modules.stream().filter(module -> !module.isBlank()).toList();
        return new ApplyRequest.Layout(
                new EnvironmentPaths(root.replaceAll("/+$", "")),
                given.isEmpty() ? ApplyRequest.Layout.DEFAULT.modules() : given);
    }
}
