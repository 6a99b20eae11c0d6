package dev.bastion.ledger.git.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signer with an Ed25519 key in a file, as {@code ssh-keygen -t ed25519 -N ''} writes it. It reads the file at each signature,
 * so that a key that is replaced or removed takes effect at once.
 */
public final class FileKeySigner implements CommitSigner {
    private final Path file;
    private volatile @Nullable SshPublicKey last;

    public FileKeySigner(Path file) {
        this.file = file;
    }

    @Override
    public SshSignature sign(byte[] commit) {
        return read().signatureOf(commit);
    }

    /** The key of the file, or the last one that could be read. */
    @Override
    public Optional<SshPublicKey> publicKey() {
        try {
            return Optional.of(read().publicKey());
        } catch (SigningFailed _) {
            return Optional.ofNullable(last);
        }
    }

    private Ed25519PrivateKey read() {
        try {
            Ed25519PrivateKey key = Ed25519PrivateKey.parse(Files.readString(file));
            last = key.publicKey();
            return key;
        } catch (IOException e) {
            throw new SigningFailed("the signing key " + file + " cannot be read", e);
        } catch (InvalidSshFormat e) {
            throw new SigningFailed("the signing key " + file + " " + e.getMessage()
                    + "; make one with: ssh-keygen -t ed25519 -N '' -f " + file);
        }
    }

    @Override
    public String toString() {
        return "FileKeySigner[" + file + "]";
    }
}
