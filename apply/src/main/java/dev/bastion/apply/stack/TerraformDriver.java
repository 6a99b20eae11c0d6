package dev.bastion.apply.stack;

import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.WorkDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The driver that runs Terraform or OpenTofu in a root module's own directory, of which it has a copy. Backend and provider are as
 * the root module has them.
 */
record TerraformDriver(Path terraform, EnvironmentConfiguration configuration) implements Driver {
    @Override
    public String name() {
        return "terraform";
    }

    @Override
    public ModuleScope scope() {
        return ModuleScope.ROOT_WITH_MODULE;
    }

    /** Terraform takes no notice of environment variables for variables that the root module does not declare. */
    @Override
    public Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment) {
        configuration.writePlanned();
        Path directory = configuration.directory().path();
        Map<String, String> all = new LinkedHashMap<>(environment);
        provenance.inputs().forEach((name, value) -> all.put("TF_VAR_" + name, value));
        return new Command(List.of(terraform.toString(), "-chdir=" + directory), directory, all);
    }
}
