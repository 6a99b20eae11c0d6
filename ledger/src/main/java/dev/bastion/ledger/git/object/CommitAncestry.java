package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** How commits of the clone descend from one another. Each answer is a walk of its own. */
public final class CommitAncestry {
    private final ObjectReader objects;

    CommitAncestry(ObjectReader objects) {
        this.objects = objects;
    }

    /** Whether the earlier commit is an ancestor of the later one, or the same. */
    public boolean isDescendant(CommitId later, CommitId earlier) {
        return walk(walk -> walk.isMergedInto(commit(walk, earlier), commit(walk, later)));
    }

    /** The commits that one head has and another has not; empty when they are more than that. */
    public Optional<Set<CommitId>> onlyIn(CommitId head, CommitId other, int most) {
        return walk(walk -> {
            walk.markStart(commit(walk, head));
            walk.markUninteresting(commit(walk, other));
            Set<CommitId> found = new HashSet<>();
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (found.size() == most) {
                    return Optional.empty();
                }
                found.add(new CommitId(commit.name()));
            }
            return Optional.of(found);
        });
    }

    /** The merge bases of two commits: several after criss-cross merges, none for unrelated histories. */
    public List<CommitId> mergeBases(CommitId one, CommitId other) {
        return walk(walk -> {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(commit(walk, one));
            walk.markStart(commit(walk, other));
            List<CommitId> mergeBases = new ArrayList<>();
            for (RevCommit fork = walk.next(); fork != null; fork = walk.next()) {
                mergeBases.add(new CommitId(fork.name()));
            }
            return mergeBases;
        });
    }

    private interface Walk<T> {
        T along(RevWalk walk) throws IOException;
    }

    private <T> T walk(Walk<T> reading) {
        try (RevWalk walk = new RevWalk(objects)) {
            return reading.along(walk);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private static RevCommit commit(RevWalk walk, CommitId commit) throws IOException {
        return walk.parseCommit(ObjectId.fromString(commit.value()));
    }
}
