package dev.bastion.app;

import dev.bastion.app.aws.KmsKey;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.SigningFailed;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.git.signature.SshSignature;
import java.util.Optional;

/** The signer of commits with a key in AWS KMS. */
record KmsKeySigner(KmsKey key) implements CommitSigner {
    @Override
    public SshSignature sign(byte[] commit) {
        try {
            SshPublicKey signing = SshPublicKey.of(key.publicKey());
            return SshSignature.of(signing, key.sign(SshSignature.signedBytes(commit)));
        } catch (KmsKey.Unusable e) {
            throw new SigningFailed(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Optional<SshPublicKey> publicKey() {
        try {
            return Optional.of(SshPublicKey.of(key.publicKey()));
        } catch (KmsKey.Unusable _) {
            return Optional.empty();
        }
    }
}
