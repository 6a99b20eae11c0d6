package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.github.git.Push;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The environments that differ between two commits, however many commits lie between them, as {@code git diff} sees it. */
final class ChangedEnvironments {
    private static final Pattern FILE = Pattern.compile("((?:environments|live)/(.+)/bastion)/terragrunt\\.hcl");

    private ChangedEnvironments() {}

    /**
     * In the order of their paths; those whose file is gone afterwards are among them, to be closed.
     *
     * @param before forty zeros for nothing
     */
    static List<EnvironmentDirectory> between(Repository repository, String before, String after) {
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(tree(repository, before));
            walk.addTree(tree(repository, after));
            return changed(walk);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot compare " + before + " with " + after, failure);
        }
    }

    private static List<EnvironmentDirectory> changed(TreeWalk walk) throws IOException {
        List<EnvironmentDirectory> changed = new ArrayList<>();
        while (walk.next()) {
            Matcher file = FILE.matcher(walk.getPathString());
            if (file.matches()) {
                changed.add(new EnvironmentDirectory(file.group(2), file.group(1)));
            }
        }
        return changed;
    }

    private static AbstractTreeIterator tree(Repository repository, String commit) throws IOException {
        if (commit.equals(Push.NOTHING)) {
            return new EmptyTreeIterator();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            return new CanonicalTreeParser(
                    null,
                    walk.getObjectReader(),
                    walk.parseCommit(ObjectId.fromString(commit)).getTree());
        }
    }
}
