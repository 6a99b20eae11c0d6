package dev.bastion.access.proposal;

import java.util.List;

/**
 * What a pull request would change on the default branch, by the kind of its files.
 *
 * @param edits the changes of audit values
 * @param configurations the other changes in the directories of environments
 * @param ownedFiles the changed files that only an owner may approve: what CI runs, what it evaluates, and the ledger's
 *     configuration
 * @param problems why its files cannot be merged, whatever they do to environments
 */
public record FileChanges(
        List<EnvironmentEdit> edits,
        List<ConfigurationChange> configurations,
        List<String> ownedFiles,
        List<String> problems) {
    public static final FileChanges NONE = new FileChanges(List.of(), List.of(), List.of(), List.of());

    public FileChanges {
        edits = List.copyOf(edits);
        configurations = List.copyOf(configurations);
        ownedFiles = List.copyOf(ownedFiles);
        problems = List.copyOf(problems);
    }

    /** Whether no file has to do with access. */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
