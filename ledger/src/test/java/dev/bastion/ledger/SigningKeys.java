package dev.bastion.ledger;

import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Signing keys in files, as {@code ssh-keygen -t ed25519 -N ''} writes them. */
public final class SigningKeys {
    public static final String PRINCIPAL = "bastion@example.com";

    private SigningKeys() {}

    /** Makes a key, and returns its signer. */
    public static FileKeySigner newKey(Path file) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Files.writeString(file, openSsh(pair));
            return new FileKeySigner(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TrustedKeys trusting(CommitSigner signer) {
        return trusting(signer, "");
    }

    /** @param allowed the deployment's {@code allowed_signers} */
    public static TrustedKeys trusting(CommitSigner signer, String allowed) {
        return new TrustedKeys(Optional.of(signer), AllowedSigners.parse(allowed), PRINCIPAL, Optional.empty());
    }

    public static String line(CommitSigner signer) {
        return PRINCIPAL + " " + signer.publicKey().orElseThrow().line() + "\n";
    }

    private static String openSsh(KeyPair pair) throws IOException {
        byte[] secret = lastBytes(pair.getPrivate().getEncoded());
        byte[] open = lastBytes(pair.getPublic().getEncoded());
        byte[] blob = concat(string("ssh-ed25519".getBytes(StandardCharsets.US_ASCII)), string(open));
        byte[] check = {1, 2, 3, 4};
        byte[] keys = concat(
                check, check, blob, string(concat(secret, open)), string("test".getBytes(StandardCharsets.US_ASCII)));
        byte[] padded = Arrays.copyOf(keys, (keys.length + 7) / 8 * 8);
        for (int i = keys.length; i < padded.length; i++) {
            padded[i] = (byte) (i - keys.length + 1);
        }
        byte[] none = string("none".getBytes(StandardCharsets.US_ASCII));
        byte[] all = concat(
                "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII),
                none,
                none,
                string(new byte[0]),
                new byte[] {0, 0, 0, 1},
                string(blob),
                string(padded));
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(70, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(all)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] lastBytes(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static byte[] string(byte[] bytes) throws IOException {
        return concat(ByteBuffer.allocate(4).putInt(bytes.length).array(), bytes);
    }

    private static byte[] concat(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        return all.toByteArray();
    }
}
