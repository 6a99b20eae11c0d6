package dev.bastion.ledger.git.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * An SSH signature in its armour, as {@code ssh-keygen -Y sign} writes it (OpenSSH's {@code PROTOCOL.sshsig}), by an Ed25519
 * key, in git's namespace.
 *
 * @param key the key that the signature names
 * @param hash the hash of the signed bytes: {@code sha512}, or {@code sha256}
 */
@SuppressWarnings("ArrayRecordComponent")
public record SshSignature(SshPublicKey key, String hash, byte[] signature) {
    /** The most characters that a signature is read from; one of the service has about 300. */
    static final int MAX_LENGTH = 2048;

    private static final String MAGIC = "SSHSIG";
    private static final int VERSION = 1;
    private static final String SHA512 = "sha512";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LINE_LENGTH = 70;

    /** The bytes that a key signs for these bytes of a commit. */
    public static byte[] signedBytes(byte[] commit) {
        return signedBytes(SHA512, commit);
    }

    /** The signature that a key made of {@link #signedBytes}. */
    public static SshSignature of(SshPublicKey key, byte[] signature) {
        return new SshSignature(key, SHA512, signature);
    }

    /** The key that made a signature of these bytes; empty when the text is no signature, or one of something else. */
    public static Optional<SshPublicKey> verifiedKey(String armored, byte[] signed) {
        return parse(armored).filter(signature -> signature.verifies(signed)).map(SshSignature::key);
    }

    /** The signature in this text; empty for any other text. */
    static Optional<SshSignature> parse(String armored) {
        String text = armored.strip();
        if (text.length() > MAX_LENGTH || !text.startsWith(BEGIN) || !text.endsWith(END)) {
            return Optional.empty();
        }
        try {
            String base64 =
                    text.substring(BEGIN.length(), text.length() - END.length()).replaceAll("\\s", "");
            return Optional.of(read(Base64.getDecoder().decode(base64)));
        } catch (InvalidSshFormat | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SshSignature read(byte[] blob) throws InvalidSshFormat {
        SshReader reader = new SshReader(blob);
        reader.expect(MAGIC);
        if (reader.number() != VERSION) {
            throw new InvalidSshFormat("has another version");
        }
        SshPublicKey key = SshPublicKey.read(reader.string());
        String namespace = reader.text();
        reader.string();
        String hash = reader.text();
        SshReader signature = new SshReader(reader.string());
        reader.end();
        String type = signature.text();
        byte[] bytes = signature.string();
        signature.end();
        if (!namespace.equals(CommitSigner.NAMESPACE) || !type.equals(SshPublicKey.TYPE)) {
            throw new InvalidSshFormat("is no signature of git's by an Ed25519 key");
        }
        return new SshSignature(key, hash, bytes);
    }

    /** Whether its key made it of this commit. */
    boolean verifies(byte[] commit) {
        return (hash.equals(SHA512) || hash.equals("sha256")) && key.verifies(signedBytes(hash, commit), signature);
    }

    private static byte[] signedBytes(String hash, byte[] commit) {
        return new SshWriter()
                .raw(MAGIC)
                .text(CommitSigner.NAMESPACE)
                .text("")
                .text(hash)
                .string(digest(hash, commit))
                .bytes();
    }

    private static byte[] digest(String hash, byte[] bytes) {
        try {
            return MessageDigest.getInstance(hash.equals(SHA512) ? "SHA-512" : "SHA-256")
                    .digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }

    /** The signature in its armour, without a newline at its end. */
    public String armored() {
        byte[] blob = new SshWriter()
                .raw(MAGIC)
                .number(VERSION)
                .string(key.blob())
                .text(CommitSigner.NAMESPACE)
                .text("")
                .text(hash)
                .string(new SshWriter()
                        .text(SshPublicKey.TYPE)
                        .string(signature)
                        .bytes())
                .bytes();
        String base64 = Base64.getEncoder().encodeToString(blob);
        return BEGIN + "\n" + base64.replaceAll("(.{" + LINE_LENGTH + "})(?=.)", "$1\n") + "\n" + END;
    }
}
