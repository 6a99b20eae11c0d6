package dev.bastion.ledger.git.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.ledger.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commit objects count as signed, and by whom. */
class CommitSignatureTest {
    private static final String HEADERS = """
            tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
            parent 1111111111111111111111111111111111111111
            author jane <jane@example.com> 1768471200 +0000
            committer bastion <bastion@example.com> 1768471200 +0000
            """;
    private static final String MESSAGE = "\nbastion(dev): open\n\nBastion-Action: open\n";

    @TempDir
    private Path directory;

    private FileKeySigner signer;

    @BeforeEach
    void makeKey() {
        signer = SigningKeys.newKey(directory.resolve("key"));
    }

    private static byte[] bytes(String commit) {
        return commit.getBytes(UTF_8);
    }

    private static String header(SshSignature signature) {
        return "gpgsig " + signature.armored().replace("\n", "\n ") + "\n";
    }

    private String signature() {
        return header(signer.sign(bytes(HEADERS + MESSAGE)));
    }

    @Test
    void theKeyOfASignedCommitIsFound() {
        assertThat(CommitSignature.verifiedKey(bytes(HEADERS + signature() + MESSAGE)))
                .isEqualTo(signer.publicKey());
    }

    @Test
    void theSameBytesAlwaysGetTheSameSignature() {
        assertThat(signature()).isEqualTo(signature());
    }

    @Test
    void noOtherBytesHaveTheSignature() {
        String signature = signature();
        assertUnsigned(HEADERS + signature + MESSAGE + "Break-Glass: yes\n");
        assertUnsigned(HEADERS.replace("parent 1", "parent 2") + signature + MESSAGE);
        assertUnsigned(HEADERS.replace("tree 4", "tree 5") + signature + MESSAGE);
        assertUnsigned(HEADERS.replace("+0000\n", "+0100\n") + signature + MESSAGE);
        assertUnsigned(HEADERS + MESSAGE);
    }

    @Test
    void twoSignaturesAreNone() {
        String other = header(SigningKeys.newKey(directory.resolve("other")).sign(bytes(HEADERS + MESSAGE)));
        assertUnsigned(HEADERS + signature() + other + MESSAGE);
        assertUnsigned(HEADERS + signature() + signature() + MESSAGE);
    }

    @Test
    void aCommitWithAHeaderThatTheServiceNeverWritesIsUnsigned() {
        for (String strange : new String[] {"encoding ISO-8859-1\n", "gpgsig-sha256 x\n", "mergetag object\n x\n"}) {
            String signature = header(signer.sign(bytes(HEADERS + strange + MESSAGE)));
            assertUnsigned(HEADERS + strange + signature + MESSAGE);
            assertUnsigned(HEADERS + strange + signature() + MESSAGE);
        }
    }

    @Test
    void aSignatureInTheMessageIsNone() {
        assertUnsigned(HEADERS + "\n" + signature() + MESSAGE);
    }

    @Test
    void aGiantSignatureIsNotRead() {
        String giant = signature().replace("\n -----END", "\n " + "A".repeat(50_000_000) + "\n -----END");
        assertUnsigned(HEADERS + giant + MESSAGE);
        assertUnsigned(HEADERS + "gpgsig " + "A\n ".repeat(60_000) + "\n" + MESSAGE);
    }

    @Test
    void aDamagedSignatureIsNone() {
        String signature = signature();
        assertUnsigned(HEADERS + signature.replace("U1NIU0lH", "U1NIU0lI") + MESSAGE);
        assertUnsigned(HEADERS + signature.replace("SSH SIGNATURE", "PGP SIGNATURE") + MESSAGE);
        assertUnsigned(HEADERS + signature.replaceFirst("(?s)\n .*\n -----END", "\n -----END") + MESSAGE);
        assertUnsigned(HEADERS + "gpgsig \n" + MESSAGE);
        assertUnsigned("gpgsig");
        assertUnsigned("");
    }

    @Test
    void aKeyThatCannotBeReadSignsNothingAndSaysWhy() throws IOException {
        Path file = directory.resolve("key");
        SshPublicKey before = signer.publicKey().orElseThrow();
        Files.writeString(file, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
        assertThatThrownBy(() -> signer.sign(bytes(HEADERS)))
                .isInstanceOf(SigningFailed.class)
                .hasMessageContaining("ssh-keygen -t ed25519");
        Files.delete(file);
        assertThatThrownBy(() -> signer.sign(bytes(HEADERS)))
                .isInstanceOf(SigningFailed.class)
                .hasMessageContaining(file.toString());
        assertThat(signer.publicKey()).contains(before);
        assertThat(new FileKeySigner(file).publicKey()).isEmpty();
    }

    private static void assertUnsigned(String commit) {
        assertThat(CommitSignature.verifiedKey(bytes(commit))).isEmpty();
    }
}
