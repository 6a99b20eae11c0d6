package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * A new Ed25519 key that signs the service's commits, as {@code ssh-keygen -t ed25519 -N ''} writes it (OpenSSH's {@code
 * PROTOCOL.key}), and the list of keys with which git verifies them.
 *
 * @param file the private key
 * @param allowedSigners the line for {@code allowed_signers}
 */
public record SigningKey(Path file, String allowedSigners) {
    private static final String TYPE = "ssh-ed25519";
    private static final String COMMITTER = "bastion@users.noreply.github.com";
    private static final int LENGTH = 32;
    private static final int BLOCK = 8;

    public static SigningKey in(Path folder) {
        return in(folder, new SecureRandom());
    }

    /** @param random whose bytes make the key */
    public static SigningKey in(Path folder, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] open = lastBytes(pair.getPublic().getEncoded());
            byte[] blob = joined(string(TYPE.getBytes(US_ASCII)), string(open));
            Files.createDirectories(folder);
            Path file = Files.writeString(
                    folder.resolve("signing_key"),
                    openSsh(lastBytes(pair.getPrivate().getEncoded()), open, blob));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String line = COMMITTER + " namespaces=\"git\" " + TYPE + " "
                    + Base64.getEncoder().encodeToString(blob) + "\n";
            Files.writeString(folder.resolve("allowed_signers"), line);
            return new SigningKey(file, line);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write a signing key to " + folder, failure);
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException missing) {
            throw new IllegalStateException("this Java has no Ed25519", missing);
        }
    }

    /** Lets git verify the ledger's signatures without further settings. */
    void verifyIn(StoredConfig config) {
        config.setString("gpg", null, "format", "ssh");
        config.setString(
                "gpg",
                "ssh",
                "allowedSignersFile",
                file.resolveSibling("allowed_signers").toString());
        try {
            config.save();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the ledger's git config", failure);
        }
    }

    private static String openSsh(byte[] secret, byte[] open, byte[] blob) {
        byte[] check =
                ByteBuffer.allocate(Integer.BYTES).putInt(Arrays.hashCode(open)).array();
        byte[] keys = joined(check, check, blob, string(joined(secret, open)), string("sandbox".getBytes(US_ASCII)));
        byte[] padded = Arrays.copyOf(keys, (keys.length + BLOCK - 1) / BLOCK * BLOCK);
        for (int i = keys.length; i < padded.length; i++) {
            padded[i] = (byte) (i - keys.length + 1);
        }
        byte[] none = string("none".getBytes(US_ASCII));
        byte[] one = ByteBuffer.allocate(Integer.BYTES).putInt(1).array();
        byte[] all = joined(
                "openssh-key-v1\0".getBytes(US_ASCII),
                none,
                none,
                string(new byte[0]),
                one,
                string(blob),
                string(padded));
        return "-----BEGIN OPENSSH PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(all)
                + "\n-----END OPENSSH PRIVATE KEY-----\n";
    }

    private static byte[] lastBytes(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    private static byte[] string(byte[] bytes) {
        return joined(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array(), bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
