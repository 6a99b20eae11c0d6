package dev.bastion.ledger.history;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.ledger.file.FileState;

/** One environment at one commit: its path, its file's state, and its history. */
public record EnvironmentRecord(String path, FileState file, EnvironmentHistory history) {
    /** The same environment with its file at another path. */
    EnvironmentRecord at(String newPath) {
        return new EnvironmentRecord(newPath, file, history);
    }

    public EnvironmentName environment() {
        return history.environment();
    }

    public EnvironmentState state() {
        return switch (file) {
            case FileState.Unclear(String problem) -> new EnvironmentState.Unclear(environment(), problem);
            case FileState.Closed _, FileState.Unrelated _ -> new EnvironmentState.Closed(environment());
            case FileState.Open _ ->
                history.open()
                        .<EnvironmentState>map(EnvironmentState.Open::new)
                        .orElseGet(
                                () -> new EnvironmentState.Unclear(
                                        environment(),
                                        path
                                                + " is open, but no commit says who opened it. Set deploy_bastion to 0 and commit."));
        };
    }
}
