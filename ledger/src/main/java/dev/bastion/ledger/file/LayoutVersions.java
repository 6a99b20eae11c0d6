package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The versions of {@code ledger.yaml} on the first-parent line of a commit, newest first and each once; empty where it is missing.
 */
public record LayoutVersions(CommitId head, List<Optional<BlobId>> newestFirst) {
    /** The most versions that are looked at. */
    static final int MOST = 100;

    public LayoutVersions {
        newestFirst = List.copyOf(newestFirst);
    }

    /** @param known those of an earlier commit, below which nothing is read again if it is on the line */
    public static LayoutVersions read(CommitReader commits, CommitId head, Optional<LayoutVersions> known) {
        Set<Optional<BlobId>> seen = new LinkedHashSet<>();
        Optional<CommitId> knownHead = known.map(LayoutVersions::head);
        Optional<CommitId> at = Optional.of(head);
        while (at.isPresent() && seen.size() < MOST) {
            if (at.equals(knownHead)) {
                known.ifPresent(older -> seen.addAll(older.newestFirst()));
                break;
            }
            if (!commits.isIrregular(at.get(), Layout.FILE)) {
                seen.add(commits.file(at.get(), Layout.FILE));
            }
            at = commits.firstParent(at.get());
        }
        return new LayoutVersions(head, seen.stream().limit(MOST).toList());
    }
}
