package dev.bastion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.benchmarks.subject.RewrittenHistory;
import dev.bastion.cli.PicocliConverters;
import dev.bastion.cli.audit.AuditCommand;
import dev.bastion.ledger.git.signature.FileKeySigner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The signed history of the benchmarks: a valid ledger, apart from the access that it opens without an approval. */
class SignedGrantHistoryTest {
    @TempDir
    private static Path directory;

    @Test
    void verificationFindsOnlyWhatIsPlanted() throws Exception {
        Path ledger = GrantHistory.create(directory.resolve("ledger.git"), 1_000);
        Path key = directory.resolve("key");
        assertThat(new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                        .start()
                        .waitFor())
                .isZero();
        RewrittenHistory.sign(ledger, new FileKeySigner(key));
        Path signers = Files.writeString(
                directory.resolve("signers"), "bastion@example.com " + Files.readString(Path.of(key + ".pub")));
        StringWriter out = new StringWriter();
        CommandLine audit =
                AuditCommand.commandLine(InstantSource.fixed(Instant.parse("2040-01-01T00:00:00Z")), Map.of());
        PicocliConverters.register(audit);
        audit.setOut(new PrintWriter(out))
                .execute(
                        "verify", "--json", "--repository", ledger.toString(), "--allowed-signers", signers.toString());
        JsonNode report = new JsonMapper().readTree(out.toString());
        assertThat(report.get("commits").asInt()).isGreaterThanOrEqualTo(1_000);
        assertThat(report.get("findings"))
                .as("planted: prod, opened by policy")
                .isNotEmpty()
                .allSatisfy(found -> {
                    assertThat(found.get("kind").asText()).as(found.toString()).isEqualTo("not-approved");
                    assertThat(found.get("what").asText()).startsWith("prod-");
                });
        assertThat(report.get("first_unproven").isNull()).isTrue();
        assertThat(report.get("rule_changes")).hasSize(1);
    }
}
