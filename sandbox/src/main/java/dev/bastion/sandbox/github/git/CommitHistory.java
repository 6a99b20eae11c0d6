package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.fault.GitHubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** The commit graph: ancestors, merge bases and the commits between two others. */
public final class CommitHistory {
    private final BareRepository repository;

    public CommitHistory(BareRepository repository) {
        this.repository = repository;
    }

    public RevCommit commit(String id) {
        return walk(walk -> read(walk, id));
    }

    public boolean descendsFrom(String descendant, String ancestor) {
        return walk(walk -> walk.isMergedInto(read(walk, ancestor), read(walk, descendant)));
    }

    /** The newest commit both descend from; forty zeros when there is none. */
    public String mergeBase(String one, String other) {
        return walk(walk -> {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(ObjectId.fromString(one)));
            walk.markStart(walk.parseCommit(ObjectId.fromString(other)));
            RevCommit found = walk.next();
            return found == null ? Push.NOTHING : found.name();
        });
    }

    /** What {@code to} has and {@code from} has not, oldest first. */
    public List<RevCommit> between(String from, String to) {
        return walk(walk -> {
            walk.sort(RevSort.TOPO);
            walk.sort(RevSort.REVERSE, true);
            walk.markStart(walk.parseCommit(ObjectId.fromString(to)));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(from)));
            List<RevCommit> found = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                walk.parseBody(commit);
                found.add(commit);
            }
            return found;
        });
    }

    private static RevCommit read(RevWalk walk, String id) throws IOException {
        RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
        walk.parseBody(commit);
        return commit;
    }

    private <T> T walk(Look<T> look) {
        try (RevWalk walk = new RevWalk(repository.git())) {
            return look.take(walk);
        } catch (MissingObjectException | IncorrectObjectTypeException unknown) {
            throw GitHubException.unprocessable("No commit found for SHA: " + unknown.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the history of " + repository.folder(), failure);
        }
    }

    @FunctionalInterface
    private interface Look<T> {
        T take(RevWalk walk) throws IOException;
    }
}
