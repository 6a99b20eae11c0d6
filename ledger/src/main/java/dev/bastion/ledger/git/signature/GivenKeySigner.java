package dev.bastion.ledger.git.signature;

import java.util.Optional;

/** A signer with an Ed25519 key that was given as text, in the format that {@code ssh-keygen -t ed25519 -N ''} writes. */
public final class GivenKeySigner implements CommitSigner {
    private final String text;

    public GivenKeySigner(String text) {
        this.text = text;
    }

    @Override
    public SshSignature sign(byte[] commit) {
        return read().signatureOf(commit);
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        try {
            return Optional.of(read().publicKey());
        } catch (SigningFailed _) {
            return Optional.empty();
        }
    }

    private Ed25519PrivateKey read() {
        try {
            return Ed25519PrivateKey.parse(text);
        } catch (InvalidSshFormat e) {
            throw new SigningFailed("the signing key " + e.getMessage()
                    + "; make one with: ssh-keygen -t ed25519 -N '' -f ledger_signing_key");
        }
    }

    @Override
    public String toString() {
        return "GivenKeySigner[Secret[…]]";
    }
}
