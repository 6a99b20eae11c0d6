package dev.bastion.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.benchmarks.subject.GrantHistory;
import dev.bastion.cli.PicocliConverters;
import dev.bastion.cli.audit.AuditCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The answers of {@code bastion audit} beside those of another program, which reads the output of {@code git log}. */
class AuditAnswersTest {
    private static final int COMMITS = Integer.getInteger("bastion.audit.commits", 5_000);
    private static final String NOW = "2040-01-01T00:00:00Z";
    private static final String MOMENT = "2020-01-02T03:30:00Z";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path directory;

    private static JsonNode expected = JSON.nullNode();

    @BeforeAll
    static void generate() throws Exception {
        GrantHistory.create(directory.resolve("ledger.git"), COMMITS);
        expected = byPython();
    }

    private static JsonNode byPython() throws IOException, URISyntaxException, InterruptedException {
        Path script = Path.of(Objects.requireNonNull(AuditAnswersTest.class.getResource("/audit/answers.py"))
                .toURI());
        Process python = new ProcessBuilder(
                        "python3",
                        script.toString(),
                        directory.resolve("ledger.git").toString(),
                        "prod-2",
                        MOMENT,
                        "U23456789",
                        NOW)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor()).as("python3 answers").isZero();
        return JSON.readTree(output);
    }

    private static int run(StringWriter out, List<String> arguments) {
        CommandLine audit = AuditCommand.commandLine(InstantSource.fixed(Instant.parse(NOW)), Map.of());
        PicocliConverters.register(audit);
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(
                "--repository",
                directory.resolve("ledger.git").toString(),
                "--index-key",
                directory.resolve("index.key").toString()));
        return audit.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "grants, 0",
        "person U23456789, 0",
        "who --environment prod-2 --at " + MOMENT + ", 0",
        "unapproved, 1",
        "break-glass, 1",
        "late, 1",
        "approvers, 0",
        "policy, 0",
        "cost, 0"
    })
    void anotherProgramGivesTheSameAnswer(String question, int exitCode) throws IOException {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(question.split(" ")));
        JsonNode wanted = expected.get(arguments.getFirst());
        arguments.add("--json");
        assertThat(run(out, arguments)).as(out.toString()).isEqualTo(exitCode);
        JsonNode answer = JSON.readTree(out.toString());
        assertThat(wanted).isNotEmpty();
        List<String> keys = new ArrayList<>();
        wanted.get(0).fieldNames().forEachRemaining(keys::add);
        assertThat(rows(answer, keys)).containsExactlyInAnyOrderElementsOf(rows(wanted, keys));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grants",
                "person U23456789",
                "who --environment prod-2 --at " + MOMENT,
                "unapproved",
                "break-glass",
                "late",
                "approvers",
                "policy",
                "cost",
                "requests"
            })
    void theAnswerIsTheSameFromAnIndexAndFromGit(String question) {
        List<String> answers = new ArrayList<>();
        for (String option : List.of("--json", "--json", "--json --no-index", "--csv", "--csv --no-index")) {
            StringWriter out = new StringWriter();
            run(out, List.of((question + " " + option).split(" ")));
            answers.add(out.toString());
        }
        assertThat(directory.resolve("ledger.git/bastion/audit-v1")).isRegularFile();
        assertThat(answers.subList(0, 3)).as("as JSON").containsOnly(answers.get(0));
        assertThat(answers.subList(3, 5)).as("as CSV").containsOnly(answers.get(3));
    }

    private static List<String> rows(JsonNode answer, List<String> keys) {
        return StreamSupport.stream(answer.spliterator(), false)
                .map(row -> keys.stream()
                        .map(key -> key + "=" + Objects.requireNonNull(row.get(key), key))
                        .toList()
                        .toString())
                .toList();
    }

    @Test
    void aPeriodBoundsTheAnswer() throws IOException {
        StringWriter all = new StringWriter();
        StringWriter some = new StringWriter();
        run(all, List.of("grants", "--json"));
        run(some, List.of("grants", "--json", "--from", "2020-01-02", "--to", "2020-01-03T00:00Z"));
        assertThat(JSON.readTree(some.toString())).isNotEmpty();
        for (JsonNode grant : JSON.readTree(some.toString())) {
            assertThat(grant.get("from").asText()).isLessThan("2020-01-03");
            assertThat(grant.get("until_means").asText().contains("not observed gone")
                            || grant.get("until").asText().compareTo("2020-01-02") > 0)
                    .as(grant.toString())
                    .isTrue();
        }
        assertThat(JSON.readTree(some.toString()).size())
                .isLessThan(JSON.readTree(all.toString()).size());
    }
}
