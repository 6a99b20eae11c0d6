package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.ParsedMessage;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.List;

/**
 * A commit with what it says and did, which does not depend on the commits before it: it can be read ahead of a replay.
 *
 * @param said what its message says by its form
 * @param hasNoChanges whether it changed no file
 * @param changesItsFile whether it changed the file of the environment that its message is about
 */
record ReadCommit(
        Commit commit, ParsedMessage said, List<CommitId> parents, boolean hasNoChanges, boolean changesItsFile) {
    static ReadCommit of(Commit commit, CommitReader commits, Layout layout) {
        ParsedMessage said = ParsedMessage.read(commit.message());
        boolean hasNoChanges = commits.hasNoChanges(commit.id());
        return new ReadCommit(
                commit,
                said,
                commits.parents(commit.id()),
                hasNoChanges,
                !hasNoChanges
                        && said.changes()
                                .filter(environment -> changesFileOf(environment, commit.id(), commits, layout))
                                .isPresent());
    }

    /** Whether a commit changed the file of an environment, at any path that the layout has had. */
    static boolean changesFileOf(EnvironmentName environment, CommitId commit, CommitReader commits, Layout layout) {
        return layout.filesOf(environment).stream().anyMatch(path -> commits.changed(commit, path));
    }

    CommitId id() {
        return commit.id();
    }

    /** Whether its message has the form of an entry. An end without any signature is none: it waits for no key. */
    boolean claimsToBeAnEntry() {
        return said.observation().isPresent()
                || said.entry()
                        .filter(entry ->
                                entry.end().isEmpty() || commit.signedBy().isPresent())
                        .isPresent();
    }
}
