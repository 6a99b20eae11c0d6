package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The service's GitHub App: installed on the ledger's repository with the permissions of {@code docs/runbook.md}, and a
 * new private key, as GitHub hands it out.
 *
 * @param keyFile the private key in PEM format, PKCS #1
 */
public record ServiceApp(GitHubApp app, Path keyFile) {
    private static final int BITS = 2048;
    /** What PKCS #8 puts before an RSA key of this length: version, algorithm and lengths (RFC 5208). */
    private static final int PKCS8_HEADER = 26;

    public static ServiceApp in(Path folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            Files.createDirectories(folder);
            Path file = folder.resolve("github_app.pem");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem(pair.getPrivate().getEncoded()));
            return new ServiceApp(
                    new GitHubApp(
                            1001,
                            "Iv23sandbox",
                            pair.getPublic(),
                            2002,
                            Account.bot("bastion[bot]", ""),
                            Permissions.ofRunbook()),
                    file);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the app's key to " + folder, failure);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no RSA", missing);
        }
    }

    /** Its number, as the service's settings have it. */
    public String id() {
        return String.valueOf(app.id());
    }

    /** The number of its installation. */
    public String installation() {
        return String.valueOf(app.installation());
    }

    private static String pem(byte[] pkcs8) {
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length);
        return "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(pkcs1)
                + "\n-----END RSA PRIVATE KEY-----\n";
    }
}
