package dev.bastion.apply.stack;

import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.WorkDirectory;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.StringLiteral;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The driver that lets Terragrunt generate a stack and then runs Terraform through Terragrunt in the generated unit.
 *
 * @see <a href="https://docs.terragrunt.com/reference/cli/commands/stack/generate/">terragrunt stack generate</a>
 */
record StackDriver(Path terragrunt, Path terraform, EnvironmentConfiguration configuration, CommandRunner runner)
        implements Driver {
    private static final String GENERATED = ".terragrunt-stack";

    @Override
    public String name() {
        return "terragrunt";
    }

    @Override
    public ModuleScope scope() {
        return ModuleScope.ROOT_MODULE;
    }

    @Override
    public Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment) {
        configuration.writePlanned();
        Path stack = configuration.directory().path();
        Command generate = new Command(
                List.of(
                        terragrunt.toString(),
                        "stack",
                        "generate",
                        "--working-dir",
                        stack.toString(),
                        "--non-interactive",
                        "--no-color",
                        "--no-tips",
                        "--log-level",
                        "error"),
                stack,
                environment);
        List<String> output = new ArrayList<>();
        int code = runner.run(generate, output::add, output::add);
        Path unit = stack.resolve(GENERATED).resolve(directoryOfTheUnit());
        if (code != 0 || !Files.isDirectory(unit)) {
            throw new StepFailed("terragrunt stack generate failed: "
                    + Progress.oneLine(output.isEmpty() ? "it made no " + unit : String.join(" ", output)));
        }
        return new TerragruntDriver(terragrunt, terraform, unit).prepare(work, provenance, environment);
    }

    /** What the canonical shape has as a literal. */
    private String directoryOfTheUnit() {
        HclPath unit = configuration.paths().object().orElseThrow().head(2);
        return configuration.file().literal(unit.child("path")) instanceof StringLiteral(String path) ? path : "";
    }
}
