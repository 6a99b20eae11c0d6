package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.util.Optional;

/**
 * The reader of the first-parent line of the notes, oldest first. A commit counts with the service's signature, up to the first
 * one behind it that has none: everybody who may push to the repository can push notes. Where nothing is signed, all count.
 */
public final class NoteLineReader {
    private final TrustedKeys keys;
    private SignedPart part;
    private Optional<CommitId> tip;
    private Optional<CommitId> foreign = Optional.empty();

    /**
     * @param part what the keys signed before
     * @param tip the commit before the first one, if it counts
     */
    public NoteLineReader(TrustedKeys keys, SignedPart part, Optional<CommitId> tip) {
        this.keys = keys;
        this.part = part;
        this.tip = tip;
    }

    /** Goes on to a commit, and says whether it counts. */
    public boolean accept(Commit commit) {
        boolean counts = foreign.isEmpty() && isTrusted(commit);
        if (counts) {
            part = part.with(commit.id(), commit.at());
            tip = Optional.of(commit.id());
        } else if (foreign.isEmpty() && tip.isPresent()) {
            foreign = Optional.of(commit.id());
        }
        return counts;
    }

    /** Whether a commit has the service's signature, or none is needed. */
    public boolean isTrusted(Commit commit) {
        return !keys.areAny() || part.trusts(commit, keys);
    }

    /** The newest commit that counts. */
    public Optional<CommitId> tip() {
        return tip;
    }

    /** The first commit behind it. */
    public Optional<CommitId> foreign() {
        return foreign;
    }

    public SignedPart part() {
        return part;
    }
}
