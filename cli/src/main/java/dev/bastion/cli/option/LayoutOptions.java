package dev.bastion.cli.option;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.layout.Layout;
import dev.bastion.layout.LayoutParser;
import dev.bastion.layout.ModuleSource;
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
                    + " (default: $BASTION_MODULES, separated by commas, else modules of ledger.yaml).")
    private List<String> modules = List.of();

    /** The layout of a commit, with the modules of these options. */
    public LayoutSource source() {
        List<ModuleSource> given = modules.stream()
                .filter(module -> !module.isBlank())
                .map(ModuleSource::new)
                .toList();
        LayoutParser file = new LedgerFile();
        LayoutParser parser = (content, environments) -> {
            Layout layout = file.read(content, environments);
            return given.isEmpty() ? layout : layout.withModules(given);
        };
        try {
            return new LayoutSource(parser, Layout.configurationDirectory(root));
        } catch (InvalidValue e) {
            throw new InvalidConfiguration("--environments: " + e.explanation(), e);
        }
    }
}
