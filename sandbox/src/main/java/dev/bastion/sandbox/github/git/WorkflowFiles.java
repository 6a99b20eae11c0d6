package dev.bastion.sandbox.github.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The workflow files of the branches. GitHub lets an app push a workflow without the permission {@code workflows} only
 * when another branch has the same file with the same content.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps">the scope {@code
 *     workflow}, of which GitHub says this; that it holds for apps, too, is not written there</a>
 */
public final class WorkflowFiles {
    private static final String FOLDER = ".github/workflows";

    private final BareRepository repository;

    public WorkflowFiles(BareRepository repository) {
        this.repository = repository;
    }

    /** A workflow of the commit that no branch has; empty when there is none, or the push deletes a branch. */
    public Optional<String> added(String commit) {
        if (commit.equals(Push.NOTHING)) {
            return Optional.empty();
        }
        Set<Map.Entry<String, ObjectId>> known = new HashSet<>();
        branches().forEach(branch -> known.addAll(of(branch).entrySet()));
        return of(commit).entrySet().stream()
                .filter(file -> !known.contains(file))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Set<String> branches() {
        try {
            Set<String> tips = new HashSet<>();
            for (Ref branch : repository.git().getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                tips.add(branch.getObjectId().name());
            }
            return tips;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list the branches", failure);
        }
    }

    private Map<String, ObjectId> of(String commit) {
        try (RevWalk walk = new RevWalk(repository.git());
                TreeWalk tree = new TreeWalk(repository.git())) {
            Map<String, ObjectId> files = new TreeMap<>();
            tree.addTree(walk.parseCommit(ObjectId.fromString(commit)).getTree());
            tree.setRecursive(true);
            tree.setFilter(PathFilter.create(FOLDER));
            while (tree.next()) {
                files.put(tree.getPathString(), tree.getObjectId(0));
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the workflows of " + commit, failure);
        }
    }
}
