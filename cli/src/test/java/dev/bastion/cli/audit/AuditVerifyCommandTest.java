package dev.bastion.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.cli.PicocliConverters;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as people type it, on ledgers that git and ssh-keygen made: output and exit codes. */
class AuditVerifyCommandTest {
    private static final String FILE = "environments/dev/bastion/terragrunt.hcl";
    private static final String CLOSED = """
        inputs = {
          deploy_bastion        = 0
          requested_by_user_id  = ""
          requested_by_username = ""
          created_at            = ""
          expires_at            = ""
        }
        """;
    private static final String OPEN = """
        inputs = {
          deploy_bastion        = 1
          requested_by_user_id  = "U12345678"
          requested_by_username = "john.doe"
          created_at            = "2026-01-15T12:00:00Z"
          expires_at            = "2026-01-15T14:00:00Z"
        }
        """;
    private static final String OPENING = """
        bastion(dev): open for john.doe until 2026-01-15T14:00:00Z

        john.doe asked for dev for 2h: "INC-1"

        Bastion-Action: open
        Bastion-Environment: dev
        Bastion-Request-Id: 01JHR7Z9C0V6T1XK
        Requested-By: john.doe <U12345678>
        Reason: INC-1
        Created-At: 2026-01-15T12:00:00Z
        Expires-At: 2026-01-15T14:00:00Z
        """;

    @TempDir
    private Path top;

    private Path ledger;
    private Path signers;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void make() throws IOException {
        ledger = Files.createDirectories(top.resolve("ledger"));
        run(top, "", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key");
        String key = Files.readString(top.resolve("key.pub"));
        signers = Files.writeString(top.resolve("signers"), "bastion@example.com namespaces=\"git\" " + key);
        git("init", "-q", "-b", "main");
        write(FILE, CLOSED);
        write("environments/access-policy.yaml", "environments:\n  dev: {}\n");
        write("environments/people.yaml", "people: []\n");
        write("environments/allowed_signers", "bastion@example.com " + key);
        git("add", ".");
        git("commit", "-qm", "Environments");
        write(FILE, OPEN);
        signed(OPENING);
    }

    private void write(String path, String content) throws IOException {
        Path file = ledger.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private void signed(String message) throws IOException {
        Files.writeString(top.resolve("message"), message);
        git(
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + top.resolve("key"),
                "commit",
                "-qaS",
                "-F",
                top.resolve("message").toString());
    }

    private String git(String... arguments) {
        return run(
                ledger,
                "",
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(Path directory, String input, String... command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of(
                            "GIT_CONFIG_NOSYSTEM", "1",
                            "HOME", directory.toString(),
                            "GIT_AUTHOR_NAME", "bastion",
                            "GIT_AUTHOR_EMAIL", "bastion@example.com",
                            "GIT_COMMITTER_NAME", "bastion",
                            "GIT_COMMITTER_EMAIL", "bastion@example.com",
                            "GIT_AUTHOR_DATE", "2026-01-15T12:00:00Z",
                            "GIT_COMMITTER_DATE", "2026-01-15T12:00:00Z"));
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int verify(String... options) {
        return audit("verify", options);
    }

    private int audit(String question, String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine audit = AuditCommand.commandLine(() -> Instant.parse("2026-01-15T13:00:00Z"), Map.of());
        PicocliConverters.register(audit);
        return audit.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of(question), Stream.of(options)).toArray(String[]::new));
    }

    private int verifyWithKeys(Path repository, String... more) {
        return verify(Stream.concat(
                        Stream.of("--repository", repository.toString(), "--allowed-signers", signers.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void anHonestLedgerHasNoFindingInAnyKindOfClone() {
        run(top, "", "git", "clone", "-q", "ledger", "work");
        run(top, "", "git", "clone", "-q", "--bare", "ledger", "bare.git");
        git("worktree", "add", "-q", "--detach", top.resolve("linked").toString());
        for (String each : List.of("ledger", "work", "bare.git", "linked", "work/environments/dev")) {
            assertThat(verifyWithKeys(top.resolve(each))).as(each + err).isZero();
            assertThat(out.toString())
                    .contains(
                            "2 commits up to ",
                            ", 1 entries",
                            "open at the head: dev for john.doe",
                            "Nothing is wrong.");
            assertThat(err.toString().strip())
                    .isEqualTo("note: No anchors given: this check cannot notice that commits were removed from the end"
                            + " of the branch.");
        }
    }

    @Test
    void aForgedEntryIsNamedWithItsCommit() throws IOException {
        Files.writeString(
                top.resolve("message"),
                OPENING.replace("Action: open", "Action: approve")
                        + "Approved-By: sam.low <U55555555> after the fact\n");
        git("commit", "-q", "--allow-empty", "-F", top.resolve("message").toString());
        String head = git("rev-parse", "HEAD").strip();
        assertThat(verifyWithKeys(ledger)).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "not-signed",
                        head.substring(0, 12),
                        "The first finding is about commit " + head,
                        "The first broken signature is that of commit " + head + "; 0 entries");
        assertThat(verifyWithKeys(ledger, "--json")).isEqualTo(1);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("findings").get(0).get("commit").asText()).isEqualTo(head);
        assertThat(json.get("findings").get(0).get("kind").asText()).isEqualTo("not-signed");
        assertThat(json.get("findings_total").asInt()).isEqualTo(1);
        assertThat(json.get("first_wrong").asText()).isEqualTo(head);
        assertThat(json.get("first_unproven").asText()).isEqualTo(head);
    }

    @Test
    void aReversionThatWasCutOffIsFoundByAnAnchorInADirectory() throws IOException {
        String head = git("rev-parse", "HEAD").strip();
        String root = git("rev-list", "--max-parents=0", "HEAD").strip();
        Path anchors = Files.createDirectories(top.resolve("anchors"));
        String lines = "Bastion-Anchor: 1\nRepository: ledger\nBranch: main\nRoot: " + root + "\nHead: " + head
                + "\nCommits: 2\nAnchored-At: 2026-01-15T12:30:00Z\nPrevious: none\n";
        String signature = run(
                top,
                lines,
                "ssh-keygen",
                "-q",
                "-Y",
                "sign",
                "-n",
                "git",
                "-f",
                top.resolve("key").toString());
        Files.writeString(anchors.resolve("one.txt"), lines + signature);
        assertThat(verifyWithKeys(ledger, "--anchors", anchors.toString()))
                .as(out + "" + err)
                .isZero();
        assertThat(out.toString()).contains("1 anchors; 0 commits are newer");
        git("reset", "-q", "--hard", "HEAD~1");
        assertThat(verify("--repository", ledger.toString(), "--anchors", anchors.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("history-rewritten", "anchor one.txt", head);
    }

    @Test
    void whatItCannotReadIsExitTwoWithTheRemedy() throws IOException {
        assertThat(verifyWithKeys(top.resolve("nowhere"))).isEqualTo(2);
        assertThat(err.toString()).contains("--repository");
        run(top, "", "git", "clone", "-q", "--depth", "1", "file://" + ledger, "shallow");
        assertThat(verifyWithKeys(top.resolve("shallow"))).isEqualTo(2);
        assertThat(err.toString()).contains("git fetch --unshallow");
        assertThat(verifyWithKeys(ledger, "--branch", "missing")).isEqualTo(2);
        assertThat(verifyWithKeys(ledger, "--anchors", top.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(verifyWithKeys(ledger, "--anchors", "s3://bucket")).isEqualTo(2);
        assertThat(err.toString()).contains("AWS_REGION");
        Files.createDirectories(top.resolve("empty"));
        assertThat(verifyWithKeys(ledger, "--anchors", top.resolve("empty").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has no anchors");
        Files.writeString(signers, "nothing\n");
        assertThat(verifyWithKeys(ledger)).isEqualTo(2);
        assertThat(err.toString()).contains("has no Ed25519 key");
    }

    @Test
    void theRepositorysOwnKeysProveLessAndPeoplesKeysNothing() throws IOException {
        assertThat(verify("--repository", ledger.toString())).isZero();
        assertThat(err.toString()).contains("which its writers can change");
        run(top, "", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "person");
        Files.writeString(
                signers, Files.readString(signers) + "jane@example.com " + Files.readString(top.resolve("person.pub")));
        assertThat(verifyWithKeys(ledger)).isEqualTo(2);
        assertThat(err.toString()).contains("--signer");
        assertThat(verifyWithKeys(ledger, "--signer", "bastion@example.com")).isZero();
        assertThat(verifyWithKeys(ledger, "--signer", "jane@example.com")).isEqualTo(1);
        assertThat(out.toString()).contains("switch-missing");
        String[] people = {"--repository", ledger.toString(), "--allowed-signers", signers.toString(), "--signer", ""};
        assertThat(audit("grants", Arrays.copyOf(people, 4))).isEqualTo(2);
        assertThat(err.toString()).contains("--signer");
        people[5] = "bastion@example.com";
        assertThat(audit("grants", people)).isZero();
        assertThat(out.toString()).contains("by policy").doesNotContain("no request");
    }
}
