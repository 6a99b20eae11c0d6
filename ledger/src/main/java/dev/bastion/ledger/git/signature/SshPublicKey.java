package dev.bastion.ledger.git.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 public key of SSH (RFC 8709).
 *
 * @param base64 the key as the second word of its line: {@code AAAAC3NzaC1lZDI1NTE5…}
 */
public record SshPublicKey(String base64) {
    public static final String TYPE = "ssh-ed25519";

    private static final int LENGTH = 32;
    /** What stands before the 32 bytes of an Ed25519 key in X.509's encoding (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

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
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            // not a point on the curve, or not a signature
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        byte[] blob = blob();
        byte[] encoded = new byte[X509_PREFIX.length + LENGTH];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(blob, blob.length - LENGTH, encoded, X509_PREFIX.length, LENGTH);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public String toString() {
        return line();
    }
}
