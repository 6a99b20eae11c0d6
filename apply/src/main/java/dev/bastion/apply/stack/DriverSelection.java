package dev.bastion.apply.stack;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.terraform.Tools;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which driver an environment gets. */
public final class DriverSelection {
    private final Tools tools;

    public DriverSelection(Tools tools) {
        this.tools = tools;
    }

    /**
     * Terragrunt where it is asked for or the files need it; otherwise CDKTF.
     *
     * @throws InvalidConfiguration when the files need what is not wished or not there, naming each place
     */
    public Driver choose(DriverChoice choice, EnvironmentConfiguration configuration) {
        if (choice == DriverChoice.TERRAGRUNT) {
            return terragrunt(configuration, "--driver terragrunt was asked for");
        }
        return switch (StackReader.read(configuration, tools.environment())) {
            case StackReadResult.Complete(StackDescription stack) ->
                new CdktfDriver(tools.requireTerraform(), configuration.directory(), stack);
            case StackReadResult.NeedsTerragrunt reasons
            when choice == DriverChoice.CDKTF ->
                throw new InvalidConfiguration(reasons.sentence() + ". Use --driver terragrunt, or write literals");
            case StackReadResult.NeedsTerragrunt reasons -> terragrunt(configuration, reasons.sentence());
        };
    }

    private Driver terragrunt(EnvironmentConfiguration configuration, String why) {
        Path program = tools.terragrunt()
                .orElseThrow(() -> new InvalidConfiguration(
                        why + ", and terragrunt is neither on the PATH nor in BASTION_TOOLS/bin. "
                                + "Install it: https://docs.terragrunt.com/getting-started/install/"));
        EnvironmentDirectory directory = configuration.directory();
        return new TerragruntDriver(program, tools.requireTerraform(), directory, Files.exists(directory.lockFile()));
    }
}
