package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.port.EnvironmentCommit;
import dev.bastion.ledger.file.FileState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One environment at one commit: its path, its file's state, its history, and the last commits that changed it, oldest
 * first.
 */
public record EnvironmentRecord(
        String path, FileState file, EnvironmentHistory history, List<EnvironmentCommit> commits) {
    private static final int MOST_COMMITS = 32;

    public EnvironmentRecord {
        commits = List.copyOf(commits);
    }

    /** The record of an environment that no commit has. */
    public static EnvironmentRecord of(String path, EnvironmentName environment) {
        return new EnvironmentRecord(
                path, new FileState.Unrelated(), EnvironmentHistory.of(environment), List.of());
    }

    public EnvironmentRecord with(FileState newFile, EnvironmentHistory newHistory) {
        return new EnvironmentRecord(path, newFile, newHistory, commits);
    }

    /**
     * The same record after a commit that changed the file. A commit is no older than the one before it, whatever its time
     * says.
     */
    public EnvironmentRecord changedBy(CommitId commit, Instant at) {
        Instant before = commits.isEmpty() ? Instant.MIN : commits.getLast().at();
        List<EnvironmentCommit> now = new ArrayList<>(
                commits.subList(Math.max(0, commits.size() - MOST_COMMITS + 1), commits.size()));
        now.removeIf(known -> known.commit().equals(commit));
        now.add(new EnvironmentCommit(commit, at.isBefore(before) ? before : at));
        return new EnvironmentRecord(path, file, history, now);
    }

    /** The same environment with its file at another path. */
    EnvironmentRecord at(String newPath) {
        return new EnvironmentRecord(newPath, file, history, commits);
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
