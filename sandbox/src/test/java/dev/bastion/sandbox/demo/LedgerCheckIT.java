package dev.bastion.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.TestClone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing the review asks of a ledger, once kept and once broken; needs git. */
final class LedgerCheckIT {
    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";

    @TempDir
    Path folder;

    private final Narrator narrator = new Narrator(new PrintStream(new ByteArrayOutputStream()), false);
    private GitHubServer server;
    private TestClone clone;

    @BeforeEach
    void aClosedEnvironment() throws Exception {
        server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", "secret");
        clone = TestClone.of(server, folder.resolve("clone"), "secret");
        clone.commit(FILE, "closed\n", "The environments, all closed\n");
    }

    @AfterEach
    void stop() {
        clone.close();
        server.close();
    }

    @Test
    void aWholeStoryPasses() throws Exception {
        String open = open();
        close("Reverts: " + open, "closed\n");
        review();
        assertThat(narrator.stages())
                .extracting(Narrator.Stage::name)
                .containsExactly("fsck", "paired", "byte for byte", "trailers");
    }

    @Test
    void anOpenWithoutItsCloseDoesNot() throws Exception {
        open();
        assertThatThrownBy(this::review).hasMessageContaining("one end of");
    }

    @Test
    void twoClosesDoNot() throws Exception {
        String open = open();
        close("Reverts: " + open, "closed again\n");
        close("Reverts: " + open, "closed\n");
        assertThatThrownBy(this::review).hasMessageContaining("there are 2");
    }

    @Test
    void aCloseThatNamesAnotherCommitDoesNot() throws Exception {
        open();
        close("Reverts: " + "0".repeat(40), "closed\n");
        assertThatThrownBy(this::review).hasMessageContaining("Reverts");
    }

    @Test
    void aFileThatIsNotAsItWasDoesNot() throws Exception {
        String open = open();
        close("Reverts: " + open, "closed \n");
        assertThatThrownBy(this::review).hasMessageContaining("as it was at the start");
    }

    @Test
    void aCommitWithoutTrailersDoesNot() throws Exception {
        String open = open();
        close("Reverts: " + open, "closed\n");
        clone.commit("README", "hello\n", "No trailers here\n");
        assertThatThrownBy(this::review).hasMessageContaining("Bastion-Action");
    }

    @Test
    void aDamagedRepositoryDoesNot() throws Exception {
        String open = open();
        close("Reverts: " + open, "closed\n");
        clone.push();
        try (Stream<Path> packs = Files.walk(folder.resolve("ledger.git/objects"))) {
            Path pack = packs.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".idx"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(pack);
            bytes[bytes.length / 2] ^= 0x55;
            assertThat(pack.toFile().setWritable(true)).isTrue();
            Files.write(pack, bytes);
        }
        assertThatThrownBy(this::check).isInstanceOf(NotObservedException.class);
    }

    private String open() throws Exception {
        return clone.commit(FILE, "open\n", message("open", "Reason: because"));
    }

    private void close(String reverts, String content) throws Exception {
        clone.commit(FILE, content, message("expire", reverts));
    }

    private static String message(String action, String trailer) {
        return "bastion(dev): " + action + "\n\nIn words.\n\nBastion-Action: " + action
                + "\nBastion-Environment: dev\nBastion-Request-Id: 01JHR7Z9C0V6T1\n" + trailer + "\n";
    }

    private void review() throws Exception {
        clone.push();
        check();
    }

    private void check() {
        new LedgerCheck(new GitCommand(server.repository().folder()), narrator)
                .check(List.of("environments/dev/bastion/terragrunt.hcl"));
    }
}
