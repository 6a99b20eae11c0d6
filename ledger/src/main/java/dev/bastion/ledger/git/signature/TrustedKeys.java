package dev.bastion.ledger.git.signature;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys whose signatures make an entry: the service's own, and those of a file of its deployment. Never those of the
 * repository, which its writers can change.
 *
 * @param signer the service's own key; empty for a service whose commits are not signed, which has no other keys either, and
 *     for a reader
 * @param others keys of other processes, and of the past
 * @param principal the committer's email address, which a line of the file must name
 * @param since the commit from which on entries are signed, as the settings name it
 */
public record TrustedKeys(
        Optional<CommitSigner> signer, AllowedSigners others, String principal, Optional<CommitId> since) {
    /** The keys of a service that signs nothing. */
    public static final TrustedKeys NONE =
            new TrustedKeys(Optional.empty(), AllowedSigners.NOBODY, "", Optional.empty());

    /** The keys of a reader that signs nothing itself: each line of its file counts, whomever it names, as for git. */
    public static TrustedKeys ofReader(AllowedSigners signers) {
        return new TrustedKeys(Optional.empty(), signers, "", Optional.empty());
    }

    /**
     * The keys of a reader that knows the service's address: a file may have the keys of people, too, whose signatures are no
     * entries.
     */
    public static TrustedKeys ofReader(AllowedSigners signers, String principal, Optional<CommitId> since) {
        return new TrustedKeys(Optional.empty(), signers, principal, since);
    }

    /** Whether a signature can count at all. */
    public boolean areAny() {
        return signer.isPresent() || !others.signers().isEmpty();
    }

    /** Whether a signature by this key counted at a time. */
    public boolean isTrusted(SshPublicKey key, Instant at) {
        return signer.map(own -> own.publicKey().filter(key::equals).isPresent() || others.allows(key, principal, at))
                .orElseGet(() -> principal.isEmpty() ? others.allows(key, at) : others.allows(key, principal, at));
    }
}
