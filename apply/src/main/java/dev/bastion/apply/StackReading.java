package dev.bastion.apply;

import java.util.List;

/** What reading an environment for a root stack came to. */
sealed interface StackReading {
    record Complete(StackDescription stack) implements StackReading {}

    /** @param reasons what in the files only Terragrunt can do, each naming the place */
    record NeedsTerragrunt(List<String> reasons) implements StackReading {
        public NeedsTerragrunt {
            reasons = List.copyOf(reasons);
        }

        String sentence() {
            return "only Terragrunt can read " + String.join("; ", reasons);
        }
    }
}
