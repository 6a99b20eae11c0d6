package dev.bastion.ledger.history;

import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;

/**
 * The part of the branch's first-parent line in which only signed messages are entries. It begins with the first commit that has
 * a trusted signature.
 *
 * @param latest the newest time of a trusted commit: a key that was retired by then signs nothing any more, whatever time a
 *     commit claims
 */
public record SignedPart(boolean hasBegun, Instant latest) {
    public static final SignedPart NONE = new SignedPart(false, Instant.MIN);

    /** Whether the commit has the signature of a key that is trusted here. */
    boolean trusts(Commit commit, TrustedKeys keys) {
        return commit.signedBy()
                .filter(key -> keys.isTrusted(key, later(commit.at())))
                .isPresent();
    }

    /** The part with a trusted commit of this time. */
    public SignedPart with(Instant at) {
        return new SignedPart(true, later(at));
    }

    /** The time of an unsigned commit here, whose own time is whatever its author wrote: at least that of the entry before it. */
    public Instant later(Instant at) {
        return at.isBefore(latest) ? latest : at;
    }
}
