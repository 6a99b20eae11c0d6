package dev.bastion.ledger;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Standing;

/** One environment at one commit: its file, what the file says, and its history. */
record Account(String path, FileState file, Chronicle chronicle) {
    EnvironmentName environment() {
        return chronicle.environment();
    }

    Standing standing() {
        return switch (file) {
            case FileState.Unclear(String problem) -> new Standing.Unclear(environment(), problem);
            case FileState.Closed _, FileState.Unrelated _ -> new Standing.Closed(environment());
            case FileState.Open _ ->
                chronicle
                        .open()
                        .<Standing>map(Standing.Open::new)
                        .orElseGet(() -> new Standing.Unclear(
                                environment(), path + " is open, and no commit says who opened it. Close it by hand."));
        };
    }
}
