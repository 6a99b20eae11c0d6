package dev.bastion.ledger.git.signature;

import java.util.Base64;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key of SSH (RFC 8709).
 *
 * @param base64 the key as the second word of its line: {@code AAAAC3NzaC1lZDI1NTE5…}
 */
public record SshPublicKey(String base64) {
    public static final String TYPE = "ssh-ed25519";

    private static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

    /** The key with these 32 bytes. */
    public static SshPublicKey of(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + raw.length);
        }
        return new SshPublicKey(Base64.getEncoder()
                .encodeToString(new SshWriter().text(TYPE).string(raw).bytes()));
    }

    /** The key of its SSH encoding. */
    static SshPublicKey read(byte[] blob) throws InvalidSshFormat {
        SshReader reader = new SshReader(blob);
        String type = reader.text();
        byte[] raw = reader.string();
        reader.end();
        if (!type.equals(TYPE) || raw.length != LENGTH) {
            throw new InvalidSshFormat("has a key that is not " + TYPE);
        }
        return of(raw);
    }

    static SshPublicKey parse(String base64) throws InvalidSshFormat {
        try {
            return read(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw new InvalidSshFormat("has a key that is not base64");
        }
    }

    /** Type and key, as in {@code authorized_keys}. */
    public String line() {
        return TYPE + " " + base64;
    }

    byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** Whether this key made the signature of these bytes. */
    boolean verifies(byte[] signed, byte[] signature) {
        byte[] blob = blob();
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, blob, blob.length - LENGTH, signed, 0, signed.length);
    }

    @Override
    public String toString() {
        return line();
    }
}
