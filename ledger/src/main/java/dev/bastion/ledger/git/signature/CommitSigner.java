package dev.bastion.ledger.git.signature;

import java.util.Optional;

/** The signer of the service's commits. Safe for many threads. */
public interface CommitSigner {
    /** The namespace of the signatures that git makes and accepts ({@code gitformat-signature(5)}). */
    String NAMESPACE = "git";

    /**
     * Signs a commit. The same bytes always get the same signature, as Ed25519 does it.
     *
     * @param commit the bytes of the commit object, without a {@code gpgsig} header
     * @throws SigningFailed when the key cannot be used now
     */
    SshSignature sign(byte[] commit);

    /** The key that verifies the signatures; empty while the key cannot be used. */
    Optional<SshPublicKey> publicKey();
}
