package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of the branch's first-parent line in which only signed messages are entries. It begins with the switch: the first
 * commit that has a trusted signature, or the one that is known as the switch. A branch that lost a known switch has nothing
 * but this part, so that nobody undoes the switch by rewriting the history.
 *
 * @param first the switch, if it is known; empty also where a known one is missing
 * @param latest the newest time of a trusted commit: a key that was retired by then signs nothing any more, whatever time a
 *     commit claims
 */
public record SignedPart(boolean hasBegun, Optional<CommitId> first, Instant latest) {
    public static final SignedPart NONE = new SignedPart(false, Optional.empty(), Instant.MIN);

    public static final SignedPart WITHOUT_SWITCH = new SignedPart(true, Optional.empty(), Instant.MIN);

    /** A part that begins with this commit, or earlier, with a trusted one. */
    public static SignedPart beginsAt(CommitId known) {
        return new SignedPart(false, Optional.of(known), Instant.MIN);
    }

    public boolean isSwitch(CommitId commit) {
        return first.filter(commit::equals).isPresent();
    }

    /** Whether the branch does not contain the switch that is known. */
    public boolean isWithoutSwitch() {
        return hasBegun && first.isEmpty();
    }

    public SignedPart begunBy(CommitId commit) {
        return new SignedPart(true, Optional.of(commit), latest);
    }

    /** Whether the commit has the signature of a key that is trusted here. */
    public boolean trusts(Commit commit, TrustedKeys keys) {
        return commit.signedBy()
                .filter(key -> keys.isTrusted(key, later(commit.at())))
                .isPresent();
    }

    /** The part with a trusted commit of this time, which is the switch if the part has not begun. */
    public SignedPart with(CommitId commit, Instant at) {
        return new SignedPart(true, hasBegun ? first : Optional.of(commit), later(at));
    }

    /** The later of a time and that of the newest entry. */
    public Instant later(Instant at) {
        return at.isBefore(latest) ? latest : at;
    }
}
