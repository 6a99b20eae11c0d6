package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's signatures as git and ssh-keygen see them, and theirs as the service does. */
class RealSignatureIT {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private Path key;
    private FileKeySigner signer;
    private GitGrantLedger ledger;
    private Git git;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        world = new LedgerWorld(directory);
        key = directory.resolve("key");
        Process process = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        signer = new FileKeySigner(key);
        ledger = world.signing("clone", SigningKeys.trusting(signer));
        git = new Git(world.remote.repository().getDirectory().toPath());
        Path allowed = directory.resolve("allowed_signers");
        Files.writeString(allowed, SigningKeys.line(signer));
        git.run("config", "gpg.format", "ssh");
        git.run("config", "gpg.ssh.allowedSignersFile", allowed.toString());
        git.run("config", "user.signingKey", key.toString());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Grant opened() {
        return ((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant();
    }

    @Test
    void gitAndSshKeygenVerifyEveryEntry() {
        ledger.record(end(opened(), JOHN));
        for (String commit : List.of("HEAD", "HEAD~1", "HEAD~2")) {
            assertThat(git.run("verify-commit", "-v", commit))
                    .contains("Good \"git\" signature for bastion@example.com");
        }
        assertThat(git.run("log", "--show-signature", "-3").split("Good \"git\" signature", -1))
                .hasSize(4);
        git.run("fsck", "--strict");
    }

    @Test
    void theSignatureIsTheOneThatSshKeygenMakes() throws IOException, InterruptedException {
        Path payload = directory.resolve("payload");
        Files.writeString(payload, "tree 1\n\nx\n");
        Process process = new ProcessBuilder(
                        "ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", key.toString(), payload.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(signer.sign(Files.readAllBytes(payload)).armored())
                .isEqualTo(Files.readString(directory.resolve("payload.sig")).strip());
    }

    @Test
    void aCommitThatGitSignsWithTheKeyIsTrusted() {
        Grant grant = opened();
        Path work = directory.resolve("work");
        git.run("worktree", "add", "-q", "--detach", work.toString(), "main");
        Git here = new Git(work);
        String message =
                git.run("log", "-1", "--format=%B", grant.openedBy().value()).replace("dev", "prod/orders");
        assertThat(message).contains("Bastion-Environment: prod/orders");
        writeOpen(work);
        here.run("commit", "-q", "-S", "-a", "-m", message.strip());
        git.run("update-ref", "refs/heads/main", here.run("rev-parse", "HEAD").strip());
        assertThat(ledger.read().openGrants())
                .filteredOn(found -> found.environment().equals(PROD))
                .singleElement()
                .matches(found -> !found.madeByHand());
    }

    private static void writeOpen(Path work) {
        try {
            Files.writeString(
                    work.resolve(pathOf(PROD)), Samples.openFile("prod-orders", JOHN, Samples.NOON, Samples.TWO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
