package dev.bastion.ledger.history;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.ledger.file.FileState;

/** One environment at one commit: its file, what the file says, and its history. */
public record EnvironmentRecord(String path, FileState file, EnvironmentHistory chronicle) {
    public EnvironmentName environment() {
        return chronicle.environment();
    }

    public EnvironmentState state() {
        return switch (file) {
            case FileState.Unclear(String problem) -> new EnvironmentState.Unclear(environment(), problem);
            case FileState.Closed _, FileState.Unrelated _ -> new EnvironmentState.Closed(environment());
            case FileState.Open _ ->
                chronicle
                        .open()
                        .<EnvironmentState>map(EnvironmentState.Open::new)
                        .orElseGet(() -> new EnvironmentState.Unclear(
                                environment(), path + " is open, and no commit says who opened it. Close it by hand."));
        };
    }
}
