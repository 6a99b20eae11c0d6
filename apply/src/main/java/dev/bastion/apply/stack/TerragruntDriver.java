package dev.bastion.apply.stack;

import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.WorkDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The driver that runs Terraform through Terragrunt. Terragrunt's own output is suppressed, so the output is
 * Terraform's.
 */
record TerragruntDriver(Path terragrunt, Path terraform, Path directory) implements Driver {
    @Override
    public String name() {
        return "terragrunt";
    }

    @Override
    public ModuleScope scope() {
        return ModuleScope.ROOT_MODULE;
    }

    /** Environment variables override Terragrunt's inputs, so the provenance is passed that way. */
    @Override
    public Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        provenance.inputs().forEach((name, value) -> all.put("TF_VAR_" + name.toLowerCase(Locale.ROOT), value));
        List<String> run = List.of(
                terragrunt.toString(),
                "run",
                "--working-dir",
                directory.toString(),
                "--download-dir",
                work.resolve("terragrunt").toString(),
                "--tf-path",
                terraform.toString(),
                "--non-interactive",
                "--no-auto-init",
                "--no-auto-retry",
                "--no-color",
                "--no-tips",
                "--log-level",
                "error",
                "--tf-forward-stdout",
                "--");
        return new Command(run, directory, all);
    }
}
