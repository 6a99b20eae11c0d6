package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.CommitTree;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.Optional;

/**
 * What a change is read from.
 *
 * @param layout in force, which the change may change
 * @param base the commit of the branch that the change would be merged into
 * @param head the commit with the change
 */
public record ChangeRange(CommitReader commits, Layout layout, CommitId base, CommitId head, Deadline deadline) {
    Optional<BlobId> atBase(String path) {
        return commits.file(base, path);
    }

    Optional<BlobId> atHead(String path) {
        return commits.file(head, path);
    }

    boolean isAtBase(String path) {
        return atBase(path).isPresent();
    }

    boolean isAtHead(String path) {
        return atHead(path).isPresent();
    }

    /** Whether the file is on either side. */
    boolean exists(String path) {
        return isAtBase(path) || isAtHead(path);
    }

    CommitTree baseTree() {
        return new CommitTree(commits, base);
    }

    CommitTree headTree() {
        return new CommitTree(commits, head);
    }
}
