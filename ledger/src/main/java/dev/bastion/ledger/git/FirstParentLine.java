package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The ids of a branch's first-parent line, oldest first, packed: a million commits take 20 MB. */
public final class FirstParentLine {
    /** A reader remembers the commits that it has read, so each reads this many. */
    public static final int COMMITS_PER_READER = 500;

    private static final int MOST_COMMITS = 5_000_000;
    private static final int ID_LENGTH = 20;

    private final byte[] newestFirst;
    private final int size;

    private FirstParentLine(byte[] newestFirst, int size) {
        this.newestFirst = newestFirst;
        this.size = size;
    }

    static FirstParentLine of(OfflineRepository repository, CommitId head) {
        byte[] ids = new byte[ID_LENGTH * 1024];
        int size = 0;
        Optional<CommitId> at = Optional.of(head);
        while (at.isPresent()) {
            try (CommitReader commits = repository.commits()) {
                for (int i = 0; i < COMMITS_PER_READER && at.isPresent(); i++, size++) {
                    if (size == MOST_COMMITS) {
                        throw new NoCompleteClone("the branch has more than " + MOST_COMMITS + " commits");
                    }
                    ids = ids.length == size * ID_LENGTH ? Arrays.copyOf(ids, 2 * ids.length) : ids;
                    System.arraycopy(HexFormat.of().parseHex(at.get().value()), 0, ids, size * ID_LENGTH, ID_LENGTH);
                    at = commits.firstParent(at.get());
                }
            }
        }
        return new FirstParentLine(Arrays.copyOf(ids, size * ID_LENGTH), size);
    }

    public int size() {
        return size;
    }

    /** The commit at a place, where 0 is the branch's first commit. */
    public CommitId get(int index) {
        int from = (size - 1 - index) * ID_LENGTH;
        return new CommitId(HexFormat.of().formatHex(newestFirst, from, from + ID_LENGTH));
    }

    public boolean contains(CommitId commit) {
        byte[] id = HexFormat.of().parseHex(commit.value());
        for (int from = 0; from < newestFirst.length; from += ID_LENGTH) {
            if (Arrays.equals(newestFirst, from, from + ID_LENGTH, id, 0, ID_LENGTH)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the commit is at this place. */
    public boolean has(CommitId commit, int index) {
        return index >= 0 && index < size && get(index).equals(commit);
    }
}
