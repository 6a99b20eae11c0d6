package dev.bastion.ledger.git.signature;

import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.Optional;

/**
 * The keys whose signatures make an entry: the service's own, and those of a file of its deployment. Never those of the
 * repository, which its writers can change.
 *
 * @param signer the service's own key; empty when its commits are not signed, and then no signature counts
 * @param others keys of other processes, and of the past
 * @param principal the committer's email address, which a line of the file must name
 * @param since the commit from which on entries are signed, as the settings name it
 */
public record TrustedKeys(
        Optional<CommitSigner> signer, AllowedSigners others, String principal, Optional<CommitId> since) {
    /** The keys of a service that signs nothing. */
    public static final TrustedKeys NONE =
            new TrustedKeys(Optional.empty(), AllowedSigners.NOBODY, "", Optional.empty());

    /** The keys of a reader who signs nothing, and trusts the keys of a file. */
    public static TrustedKeys ofReader(AllowedSigners allowed, String principal, Optional<CommitId> since) {
        return new TrustedKeys(Optional.of(new ReaderKey()), allowed, principal, since);
    }

    /** The signer of a reader: it has no key. */
    private record ReaderKey() implements CommitSigner {
        @Override
        public SshSignature sign(byte[] commit) {
            throw new SigningFailed("a reader of the ledger has no signing key");
        }

        @Override
        public Optional<SshPublicKey> publicKey() {
            return Optional.empty();
        }
    }

    /** Whether a signature by this key counted at a time. */
    public boolean isTrusted(SshPublicKey key, Instant at) {
        return signer.isPresent()
                && (signer.flatMap(CommitSigner::publicKey).filter(key::equals).isPresent()
                        || others.allows(key, principal, at));
    }
}
