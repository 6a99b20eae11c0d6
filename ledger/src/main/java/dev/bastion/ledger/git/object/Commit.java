package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One commit of the branch.
 *
 * @param at the commit time
 * @param changed the files it changed; empty unless requested
 * @param merged the message of the merged commit; only for merges, and if requested
 * @param signedBy the key whose signature the commit has, trusted or not; empty when the signature does not match
 */
public record Commit(
        CommitId id,
        String authorName,
        String authorEmail,
        Instant at,
        String message,
        List<FileVersion> changed,
        Optional<String> merged,
        Optional<SshPublicKey> signedBy) {

    /** The same commit at another time. */
    public Commit at(Instant time) {
        return new Commit(id, authorName, authorEmail, time, message, changed, merged, signedBy);
    }
}
