package dev.bastion.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.cli.PicocliConverters;
import dev.bastion.ledger.entry.ObservationMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The requests that opened nothing, as an auditor reads them. */
class RequestsCommandTest {
    private static final Person JOHN = new Person("U12345678", "john.doe");
    private static final Person JANE = new Person("U87654321", "jane.roe");
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    private static final CommitId HEAD = new CommitId("c".repeat(40));

    @TempDir
    private Path ledger;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void make() throws IOException {
        git("init", "-q", "-b", "main");
        Files.writeString(
                Files.createDirectories(ledger.resolve("environments")).resolve("people.yaml"), "people: []\n");
        git("add", ".");
        git("commit", "-qm", "Environments");
    }

    private void git(String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of("git"), Arrays.stream(arguments))
                            .toList())
                    .directory(ledger.toFile())
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "HOME", ledger.toString(),
                            "GIT_AUTHOR_NAME", "bastion",
                            "GIT_AUTHOR_EMAIL", "bastion@example.com",
                            "GIT_COMMITTER_NAME", "bastion",
                            "GIT_COMMITTER_EMAIL", "bastion@example.com"));
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void observed(Observation observation) {
        git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", ObservationMessage.of(observation));
    }

    private static Observation.Subject subject(String seed) {
        return new Observation.Subject(new EnvironmentName("prod"), RequestId.derivedFrom(seed), JOHN);
    }

    private static Observation.PullRequest pull(int number) {
        return new Observation.PullRequest(
                Optional.of(URI.create("https://github.com/acme/ledger/pull/" + number)), Optional.of(HEAD));
    }

    private JsonNode rows(String... options) throws IOException {
        CommandLine audit =
                AuditCommand.commandLine(InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")), Map.of());
        PicocliConverters.register(audit);
        List<String> arguments = Stream.concat(
                        Stream.of("requests", "--json", "--repository", ledger.toString()), Stream.of(options))
                .toList();
        int code = audit.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(errors.toString()).isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        return found;
    }

    @Test
    void eachRequestThatOpenedNothingSaysWhoSaidNoAndTheirWords() throws IOException {
        observed(new Observation.Denied(
                subject("denied"), NOON, Optional.of(JANE), "janeroe", "=not today, use staging", pull(12)));
        observed(new Observation.Denied(subject("stranger"), NOON, Optional.empty(), "who", "no", pull(13)));
        observed(new Observation.Lapsed(subject("lapsed"), NOON.plusSeconds(60), pull(14)));
        observed(new Observation.Withdrawn(subject("withdrawn"), NOON.plusSeconds(120), pull(15)));
        observed(new Observation.Refused(
                subject("refused"), NOON.plusSeconds(180), "john.doe may not.", Optional.empty()));
        JsonNode all = rows();
        assertThat(all.findValuesAsText("ended"))
                .containsExactly("denied", "denied", "lapsed", "withdrawn", "refused by the policy");
        assertThat(all.findValuesAsText("by")).containsExactly("jane.roe", "who", "null", "john.doe", "null");
        JsonNode denied = all.get(0);
        assertThat(denied.get("environment").asText()).isEqualTo("prod");
        assertThat(denied.get("requester_id").asText()).isEqualTo("U12345678");
        assertThat(denied.get("at").asText()).isEqualTo("2026-01-15T12:00:00Z");
        assertThat(denied.get("by_id").asText()).isEqualTo("U87654321");
        assertThat(denied.get("by_login").asText()).isEqualTo("janeroe");
        assertThat(denied.get("words").asText()).isEqualTo("=not today, use staging");
        assertThat(denied.get("proposal").asText()).endsWith("/pull/12");
        assertThat(denied.get("head").asText()).isEqualTo(HEAD.value());
        assertThat(denied.get("commit").asText()).hasSize(40);
        assertThat(all.get(4).get("words").asText()).isEqualTo("john.doe may not.");
    }

    @Test
    void thePeriodIsThatOfTheEndAndTheFirstWordCounts() throws IOException {
        observed(new Observation.Lapsed(subject("one"), NOON, pull(1)));
        observed(new Observation.Lapsed(subject("one"), NOON.plusSeconds(3600), pull(2)));
        observed(new Observation.Withdrawn(subject("two"), NOON.plusSeconds(7200), pull(3)));
        assertThat(rows("--to", "2026-01-15T12:30Z").findValuesAsText("proposal"))
                .containsExactly("https://github.com/acme/ledger/pull/1");
        assertThat(rows("--from", "2026-01-15T12:30Z").findValuesAsText("proposal"))
                .containsExactly("https://github.com/acme/ledger/pull/3");
    }
}
