package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.TestClone;
import dev.bastion.sandbox.page.LogEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerLogTest {
    @TempDir
    Path folder;

    @Test
    void commitsAreToldNewestFirstWithTheirDiffAndTrailers() throws Exception {
        try (GitHubServer server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", "secret")) {
            InitialCommit.write(server.repository(), Map.of("a", "1\n".getBytes(UTF_8)), "All closed\n");
            try (TestClone clone = TestClone.of(server, folder.resolve("clone"), "secret")) {
                clone.commit("a", "2\n", "Open a\n\njane asked for a\n\nBastion-Action: open\nReason: because\n");
                clone.push();
            }
            List<LogEntry> entries = new LedgerLog(server.repository()).entries();

            assertThat(entries).extracting(LogEntry::subject).containsExactly("Open a", "All closed");
            assertThat(entries.getFirst().body()).isEqualTo("jane asked for a");
            assertThat(entries.getFirst().trailers())
                    .containsExactly(
                            new LogEntry.Trailer("Bastion-Action", "open"), new LogEntry.Trailer("Reason", "because"));
            assertThat(entries.getFirst().diff()).contains("-1\n+2\n");
            assertThat(entries.getLast().diff()).isEmpty();
        }
    }
}
