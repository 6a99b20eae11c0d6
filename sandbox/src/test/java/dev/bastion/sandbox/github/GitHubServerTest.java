package dev.bastion.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.sandbox.github.git.Push;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitHubServerTest {
    @TempDir
    Path folder;

    private final List<Push> pushes = new CopyOnWriteArrayList<>();
    private GitHubServer server;
    private TestClone clone;

    @BeforeEach
    void serve() throws Exception {
        server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", "secret");
        server.onPush(pushes::add);
        clone = TestClone.of(server, folder.resolve("clone"), "secret");
    }

    @AfterEach
    void stop() {
        clone.close();
        server.close();
    }

    @Test
    void aPushOfSeveralCommitsIsToldOnceFromOldHeadToNewHead() throws Exception {
        String first = clone.commit("a", "1");
        clone.push();
        clone.commit("a", "2");
        String third = clone.commit("a", "3");
        clone.push();

        assertThat(pushes).containsExactly(new Push("main", Push.NOTHING, first), new Push("main", first, third));
        assertThat(server.repository().resolve("main")).isEqualTo(third);
    }

    @Test
    void theTokenIsThePasswordAndNothingGoesWithoutIt() {
        assertThatThrownBy(() -> TestClone.of(server, folder.resolve("other"), "wrong"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("not authorized");
    }

    @Test
    void whoeverIsBehindIsRejectedAndHistoryStays() throws Exception {
        clone.commit("a", "1");
        clone.push();
        try (TestClone other = TestClone.of(server, folder.resolve("other"), "secret")) {
            String kept = clone.commit("a", "2");
            clone.push();
            other.commit("a", "3");

            assertThat(other.push().getStatus()).isEqualTo(Status.REJECTED_NONFASTFORWARD);
            assertThat(server.repository().resolve("main")).isEqualTo(kept);
        }
    }

    @Test
    void whileItIsDownNothingPassesAndAfterwardsEverythingDoes() throws Exception {
        String commit = clone.commit("a", "1");
        server.down();
        assertThatThrownBy(clone::push).isInstanceOf(TransportException.class).hasMessageContaining("503");
        server.up();
        clone.push();
        assertThat(server.repository().resolve("main")).isEqualTo(commit);
    }

    @Test
    void aRulesetRefusesWithItsReason() throws Exception {
        clone.commit("a", "1");
        server.faults().refusePushes("GH013: Repository rule violations found");
        var refused = clone.push();
        assertThat(refused.getStatus()).isEqualTo(Status.REJECTED_OTHER_REASON);
        assertThat(refused.getMessage()).contains("push declined");
        assertThat(pushes).isEmpty();

        server.faults().acceptPushes();
        assertThat(clone.push().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void anAcknowledgementMayBeLostAfterThePushWasTaken() throws Exception {
        String commit = clone.commit("a", "1");
        server.faults().loseAcknowledgements(1);
        assertThatThrownBy(clone::push).isInstanceOf(TransportException.class);
        assertThat(server.repository().resolve("main")).isEqualTo(commit);
        assertThat(clone.push().getStatus()).isEqualTo(Status.UP_TO_DATE);
    }

    @Test
    void slowIsSlow() throws Exception {
        clone.commit("a", "1");
        server.faults().slow(Duration.ofMillis(150));
        long start = System.nanoTime();
        clone.push();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    }
}
