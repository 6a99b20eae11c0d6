package dev.bastion.apply.stack;

import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.WorkDirectory;
import java.util.Map;

/** A way to run Terraform on an environment. */
public sealed interface Driver permits CdktfDriver, StackDriver, TerraformDriver, TerragruntDriver {
    /** Its name in results: {@code cdktf}, {@code terragrunt} or {@code terraform}. */
    String name();

    ModuleScope scope();

    /**
     * Prepares the run and returns the Terraform command: program, directory and environment, without arguments.
     *
     * @param work the directory for files of this run
     * @param provenance the source of {@code request_id} and {@code commit_sha}
     * @param environment the environment variables of the programs
     */
    Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment);
}
