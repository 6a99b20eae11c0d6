package dev.bastion.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.cli.PicocliConverters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Entries that a writer forges, unsigned or with a key of their own, in every question of an audit that is given keys. */
class ForgedEntryTest {
    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";
    private static final String SERVICE = "bastion@example.com";
    private static final String PERSON = "jane@example.com";

    @TempDir
    private Path top;

    private Path ledger;
    private Path signers;
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void make() throws IOException {
        ledger = Files.createDirectories(top.resolve("ledger"));
        signers = top.resolve("signers");
        StringBuilder keys = new StringBuilder();
        for (String owner : List.of(SERVICE, PERSON)) {
            run(top, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", owner);
            keys.append(owner).append(' ').append(Files.readString(top.resolve(owner + ".pub")));
        }
        Files.writeString(signers, keys);
        git("init", "-q", "-b", "main");
        write(FILE, file("", ""));
        write("environments/access-policy.yaml", """
                environments:
                  dev:
                    may_request: [everyone]
                    approvals: 1
                    approvers: [U23456789]
                    break_glass: {allowed: [everyone], longest_duration: 2h}
                """);
        write("environments/people.yaml", """
                people:
                  - {id: U12345678, name: john.doe, github: johndoe}
                  - {id: U23456789, name: jane.roe, github: janeroe}
                """);
        git("add", ".");
        git("commit", "-qm", "Environments");
    }

    private void write(String path, String content) throws IOException {
        Path file = ledger.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private static String file(String from, String until) {
        boolean isOpen = !from.isEmpty();
        return """
                inputs = {
                  deploy_bastion        = %d
                  requested_by_user_id  = "%s"
                  requested_by_username = "%s"
                  created_at            = "%s"
                  expires_at            = "%s"
                }
                """.formatted(isOpen ? 1 : 0, isOpen ? "U12345678" : "", isOpen ? "john.doe" : "", from, until);
    }

    private static String message(String action, String request, String... more) {
        return """
                bastion(dev): %s for john.doe

                john.doe asked for dev

                Bastion-Action: %s
                Bastion-Environment: dev
                Bastion-Request-Id: %s
                Requested-By: john.doe <U12345678>
                Created-At: 2026-01-15T08:00:00Z
                Expires-At: 2026-01-15T09:00:00Z
                """.formatted(action, action, request)
                + String.join("", Stream.of(more).map(line -> line + "\n").toList());
    }

    /** Commits what is in the work tree, with the signature of an owner of a key; empty for none. */
    private String commit(String owner, String message) throws IOException {
        Path text = Files.writeString(top.resolve("message"), message);
        List<String> command = new ArrayList<>(List.of("-c", "gpg.format=ssh"));
        if (!owner.isEmpty()) {
            command.addAll(List.of("-c", "user.signingkey=" + top.resolve(owner)));
        }
        command.addAll(List.of("commit", "-q", "-a", "--allow-empty", "-F", text.toString()));
        if (!owner.isEmpty()) {
            command.add("-S");
        }
        git(command.toArray(String[]::new));
        return git("rev-parse", "HEAD").strip();
    }

    /** A whole break-glass grant of an hour, late, approved after the fact, with its observations. */
    private List<String> grant(String owner, String request) throws IOException {
        List<String> made = new ArrayList<>();
        write(FILE, file("2026-01-15T08:00:00Z", "2026-01-15T09:00:00Z"));
        made.add(commit(owner, message("open", request, "Reason: INC-1", "Break-Glass: yes")));
        made.add(commit(
                owner,
                message(
                        "ready",
                        request,
                        "Observed-At: 2026-01-15T08:02:00Z",
                        "Instance: i-0123456789abcdef0",
                        "After-Opening: PT2M")));
        write(FILE, file("", ""));
        made.add(commit(
                owner, message("expire", request, "Ended-At: 2026-01-15T09:30:00Z", "Reverts: " + made.getFirst())));
        made.add(commit(owner, message("gone", request, "Observed-At: 2026-01-15T10:00:00Z", "Gone-By: service")));
        made.add(commit(owner, message("approve", request, "Approved-By: jane.roe <U23456789> after the fact")));
        return made;
    }

    private String git(String... arguments) {
        return run(ledger, Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(Path directory, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "HOME", directory.toString(),
                            "GIT_AUTHOR_NAME", "bastion",
                            "GIT_AUTHOR_EMAIL", SERVICE,
                            "GIT_COMMITTER_NAME", "bastion",
                            "GIT_COMMITTER_EMAIL", SERVICE,
                            "GIT_AUTHOR_DATE", "2026-01-15T12:00:00Z",
                            "GIT_COMMITTER_DATE", "2026-01-15T12:00:00Z"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int ask(String question, String... more) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        CommandLine audit = AuditCommand.commandLine(() -> Instant.parse("2026-01-16T00:00:00Z"), Map.of());
        PicocliConverters.register(audit);
        List<String> all = new ArrayList<>(List.of(question.split(" ")));
        all.addAll(List.of("--json", "--repository", ledger.toString()));
        all.addAll(List.of(more));
        return audit.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(all.toArray(String[]::new));
    }

    private int askWithKeys(String question) {
        return ask(question, "--allowed-signers", signers.toString(), "--signer", SERVICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who --environment dev --at 2026-01-15T08:30Z",
                "grants",
                "unapproved",
                "break-glass",
                "late",
                "approvers",
                "person U12345678",
                "policy",
                "cost"
            })
    void withoutAnySignatureOfTheServiceNoQuestionHasAnAnswer(String question) throws IOException {
        grant("", "01JHR7Z9C0V6T1XA");
        grant(PERSON, "01JHR7Z9C0V6T1XB");
        assertThat(askWithKeys(question)).isEqualTo(2);
        assertThat(out.toString().replaceAll("[\\[\\]\\s]", "")).isEmpty();
        assertThat(errors.toString()).contains("No commit of refs/heads/main", signers.toString(), "--signer");
        run(top, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "other");
        Files.writeString(signers, SERVICE + " " + Files.readString(top.resolve("other.pub")));
        assertThat(ask(question, "--allowed-signers", signers.toString()))
                .as("a key that signed nothing")
                .isEqualTo(2);
    }

    @Test
    void theServicesEntriesAreTheOnlyOnes() throws IOException {
        List<String> real = grant(SERVICE, "01JHR7Z9C0V6T1XA");
        grant("", "01JHR7Z9C0V6T1XB");
        grant(PERSON, "01JHR7Z9C0V6T1XC");
        commit("", message("gone", "01JHR7Z9C0V6T1XA", "Observed-At: 2026-01-15T08:01:00Z", "Gone-By: service"));
        commit(PERSON, message("approve", "01JHR7Z9C0V6T1XA", "Approved-By: sam.low <U55555555> after the fact"));

        assertThat(askWithKeys("break-glass")).isZero();
        assertThat(rows("commit")).containsExactly(real.getFirst());
        assertThat(askWithKeys("approvers")).isZero();
        assertThat(rows("approver")).containsExactly("jane.roe");
        assertThat(rows("approvals")).containsExactly("1");
        assertThat(askWithKeys("late")).isEqualTo(1);
        assertThat(rows("by_hand")).containsExactly("false", "true", "true");
        assertThat(rows("late_seconds").getFirst())
                .as("what the observation says")
                .isEqualTo("3600");
        for (String question : List.of("grants", "person U12345678")) {
            assertThat(askWithKeys(question)).isZero();
            assertThat(rows("request").getFirst()).isEqualTo("01JHR7Z9C0V6T1XA");
            assertThat(rows("by_hand")).as(question).containsExactly("false", "true", "true");
            assertThat(rows("approvals").get(1)).as(question).isEqualTo("[]");
            assertThat(rows("gone_at")).as(question).containsExactly("2026-01-15T10:00:00Z", "null", "null");
        }
        assertThat(askWithKeys("unapproved")).isEqualTo(1);
        assertThat(rows("by_hand")).as(out.toString()).containsExactly("true", "true");
        assertThat(askWithKeys("who --environment dev --at 2026-01-15T09:45Z")).isZero();
        assertThat(rows("commit")).as("until it was gone").containsExactly(real.getFirst());
        assertThat(askWithKeys("cost")).isZero();
        assertThat(rows("estimated")).as("without observations of their own").containsExactly("2");
        assertThat(askWithKeys("policy")).isZero();
        assertThat(rows("author")).containsExactly("bastion");
    }

    @Test
    void anAddressThatIsEmptyIsNone() throws IOException {
        grant(SERVICE, "01JHR7Z9C0V6T1XA");
        assertThat(ask("grants", "--allowed-signers", signers.toString(), "--signer", ""))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("several addresses");
    }

    @Test
    void theRepositorysOwnKeysThatSignedNothingAreSaid() throws IOException {
        write("environments/allowed_signers", SERVICE + " " + Files.readString(top.resolve(SERVICE + ".pub")));
        git("add", ".");
        grant("", "01JHR7Z9C0V6T1XA");
        assertThat(ask("grants")).isZero();
        assertThat(errors.toString()).contains("No commit is signed by those keys");
    }

    private List<String> rows(String column) throws IOException {
        List<String> values = new ArrayList<>();
        for (JsonNode row : new ObjectMapper().readTree(out.toString())) {
            assertThat(row.has(column)).as("%s in %s", column, row).isTrue();
            values.add(
                    row.get(column).isArray()
                            ? row.get(column).toString()
                            : row.get(column).asText());
        }
        return values;
    }
}
