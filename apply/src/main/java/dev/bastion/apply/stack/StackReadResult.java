package dev.bastion.apply.stack;

import java.util.List;

/** The result of reading an environment for a root stack. */
sealed interface StackReadResult {
    record Complete(StackDescription stack) implements StackReadResult {}

    /** @param reasons what in the files only Terragrunt can do, each naming the place */
    record NeedsTerragrunt(List<String> reasons) implements StackReadResult {
        public NeedsTerragrunt {
            reasons = List.copyOf(reasons);
        }

        String sentence() {
            return "only Terragrunt can read " + String.join("; ", reasons);
        }
    }
}
