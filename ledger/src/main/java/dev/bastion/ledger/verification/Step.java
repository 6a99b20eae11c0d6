package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.MergedContent;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.List;
import java.util.Optional;

/**
 * One commit of the first-parent line, as a verification reads it.
 *
 * @param place its place on the line, from 0
 * @param changed the files that it changed, compared with its first parent
 */
record Step(CommitReader commits, Commit commit, int place, Optional<CommitId> parent, List<FileVersion> changed) {
    static Step read(CommitReader commits, CommitId id, int place) {
        Optional<CommitId> parent = commits.firstParent(id);
        List<FileVersion> changed = commits.hasNoChanges(id) ? List.of() : commits.changes(parent, id, "");
        return new Step(commits, commits.commit(id), place, parent, changed);
    }

    CommitId id() {
        return commit.id();
    }

    boolean hasChanged(String path) {
        return changed.stream().anyMatch(file -> file.path().equals(path));
    }

    /** Whether it does what a merge of this head does; not where more differs than is read. */
    boolean isMergeOf(CommitId head, Layout layout) {
        return isMergeOf(commits, id(), head, layout);
    }

    /** Whether the head that an entry names is not one that this commit merges, or the commit does what a merge of it does. */
    static boolean mayBeMergeOf(CommitReader commits, CommitId commit, CommitId head, Layout layout) {
        return !commits.parents(commit).stream().skip(1).toList().contains(head)
                || isMergeOf(commits, commit, head, layout);
    }

    private static boolean isMergeOf(CommitReader commits, CommitId commit, CommitId head, Layout layout) {
        try {
            return new MergedContent(commits, layout).isOf(head, commit, commit);
        } catch (BudgetExceeded _) {
            return false;
        }
    }

    /** The message of the commit that this one merges. */
    Optional<String> merged() {
        List<CommitId> parents = commits.parents(id());
        return parents.size() == 2 ? Optional.of(commits.commit(parents.get(1)).message()) : Optional.empty();
    }
}
