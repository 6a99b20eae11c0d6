package dev.bastion.apply.stack;

import dev.bastion.apply.plan.ModuleScope;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.WorkDirectory;
import java.util.Map;

/** A way to run Terraform on an environment. */
public sealed interface Driver permits CdktfDriver, TerragruntDriver {
    /** What it is called in results: {@code cdktf} or {@code terragrunt}. */
    String name();

    ModuleScope territory();

    /**
     * Makes everything ready and answers how Terraform is run: its program, directory and environment, arguments still to
     * come.
     *
     * @param work where files of this run may stand
     * @param provenance what becomes of {@code request_id} and {@code commit_sha}
     * @param environment what programs get to see
     */
    Command prepare(WorkDirectory work, Provenance provenance, Map<String, String> environment);

    /** Removes what the run left in the environment's directory. */
    void clean();
}
