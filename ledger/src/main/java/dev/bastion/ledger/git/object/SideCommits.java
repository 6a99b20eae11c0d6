package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.jspecify.annotations.Nullable;

/**
 * The commits that merges bring beside a first-parent line. Each is read once, however many merges bring it, so that all merges
 * together cost no more than one walk.
 */
public final class SideCommits {
    /** The most commits beside a line that are read. */
    private static final int MOST = 1_000_000;

    private final FirstParentLine line;
    private final byte[] marker;
    private final int most;
    private @Nullable ObjectIdSubclassMap<ObjectId> known;
    private int count;

    /** @param marker what the messages of the commits that are sought contain */
    public SideCommits(FirstParentLine line, String marker) {
        this(line, marker, MOST);
    }

    SideCommits(FirstParentLine line, String marker, int most) {
        this.line = line;
        this.marker = Constants.encode(marker);
        this.most = most;
    }

    /**
     * The commits with the marker behind the second and later parents of a commit, which neither the line has nor a merge before
     * brought.
     */
    public List<CommitId> broughtBy(CommitReader commits, CommitId merge) {
        List<CommitId> found = new ArrayList<>();
        List<ObjectId> parents = FirstParentLine.parents(commits.bytes(ObjectId.fromString(merge.value())));
        if (parents.size() < 2) {
            return found;
        }
        Deque<ObjectId> open = new ArrayDeque<>();
        addNew(parents.subList(1, parents.size()), open);
        for (ObjectId at = open.poll(); at != null; at = open.poll()) {
            byte[] commit = commits.bytes(at);
            if (ByteSearch.contains(commit, marker)) {
                found.add(new CommitId(at.name()));
            }
            addNew(FirstParentLine.parents(commit), open);
        }
        return found;
    }

    private void addNew(List<ObjectId> parents, Deque<ObjectId> open) {
        for (ObjectId parent : parents) {
            if (count < most && !known().contains(parent)) {
                known().add(parent);
                open.add(parent);
                count++;
            }
        }
    }

    /** A line without merges needs no such map. */
    private ObjectIdSubclassMap<ObjectId> known() {
        ObjectIdSubclassMap<ObjectId> ids = known;
        if (ids == null) {
            ids = line.ids();
            known = ids;
        }
        return ids;
    }

    /** Whether there may be more than were read. */
    public boolean isTruncated() {
        return count == most;
    }
}
