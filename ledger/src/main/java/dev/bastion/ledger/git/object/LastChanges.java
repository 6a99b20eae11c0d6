package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The last first-parent commits that changed files of a directory. */
record LastChanges(RevWalk walk, TreeReader trees, String directory) {
    /** The last commit for each file, or the first commit of the line, in one walk. */
    Map<String, Commit> of(Set<String> paths, ObjectId head) throws IOException {
        Set<String> missing = new HashSet<>(paths);
        Map<String, Commit> found = new HashMap<>();
        RevCommit at = walk.parseCommit(head);
        while (!missing.isEmpty() && at.getParentCount() > 0) {
            RevCommit parent = walk.parseCommit(at.getParent(0));
            for (String path : changed(parent, at, missing)) {
                found.put(path, commit(at));
                missing.remove(path);
            }
            at = parent;
        }
        for (String path : missing) {
            found.put(path, commit(at));
        }
        return found;
    }

    private Commit commit(RevCommit at) throws IOException {
        walk.parseBody(at);
        return CommitParser.commit(at, List.of());
    }

    private List<String> changed(RevCommit before, RevCommit now, Set<String> among) throws IOException {
        ObjectId old = trees.directory(before.getTree(), directory);
        ObjectId current = trees.directory(now.getTree(), directory);
        return Objects.equals(old, current)
                ? List.of()
                : trees.changes(old, current, directory).stream()
                        .map(FileVersion::path)
                        .filter(among::contains)
                        .toList();
    }
}
