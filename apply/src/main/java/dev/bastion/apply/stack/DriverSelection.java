package dev.bastion.apply.stack;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.Tools;
import java.nio.file.Path;

/** The selection of an environment's driver. */
public final class DriverSelection {
    private final Tools tools;
    private final CommandRunner runner;

    /** @param runner runs what a driver needs before Terraform */
    public DriverSelection(Tools tools, CommandRunner runner) {
        this.tools = tools;
        this.runner = runner;
    }

    /**
     * Selects Terraform alone for a root module and Terragrunt for a stack, whatever is chosen for others; of a Terragrunt unit,
     * Terragrunt if requested or needed by the files, otherwise CDKTF.
     *
     * @throws InvalidConfiguration when the files need a driver that was not chosen or is not installed, with each
     * place
     */
    public Driver choose(DriverChoice choice, EnvironmentConfiguration configuration) {
        if (configuration.directory().isRootModule()) {
            return new TerraformDriver(tools.requireTerraform(), configuration);
        }
        if (configuration.directory().isStack()) {
            return new StackDriver(
                    requireTerragrunt("a stack needs it"), tools.requireTerraform(), configuration, runner);
        }
        if (choice == DriverChoice.TERRAGRUNT) {
            return terragrunt(configuration, "--driver terragrunt needs it");
        }
        return switch (StackReader.read(configuration, tools.environment())) {
            case StackReadResult.Complete(StackDescription stack) ->
                new CdktfDriver(tools.requireTerraform(), configuration.directory(), stack);
            case StackReadResult.NeedsTerragrunt reasons
            when choice == DriverChoice.CDKTF ->
                throw new InvalidConfiguration(
                        reasons.sentence() + ". Use --driver terragrunt, or write literal values");
            case StackReadResult.NeedsTerragrunt reasons -> terragrunt(configuration, reasons.sentence());
        };
    }

    private Driver terragrunt(EnvironmentConfiguration configuration, String why) {
        return new TerragruntDriver(
                requireTerragrunt(why),
                tools.requireTerraform(),
                configuration.directory().path());
    }

    private Path requireTerragrunt(String why) {
        return tools.terragrunt()
                .orElseThrow(() -> new InvalidConfiguration(
                        why + ", but terragrunt is neither on the PATH nor in BASTION_TOOLS/bin. "
                                + "Install it: https://docs.terragrunt.com/getting-started/install/"));
    }
}
