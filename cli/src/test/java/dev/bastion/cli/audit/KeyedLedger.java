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
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** A ledger that git and ssh-keygen made, with the service's key or by hand, and the questions of an audit about it. */
final class KeyedLedger {
    static final String FROM = "2026-01-15T08:00:00Z";
    static final String UNTIL = "2026-01-15T09:00:00Z";

    private static final String POLICY = """
        unnamed: defaults
        defaults: {may_request: [everyone], approvers: [U23456789], longest_duration: 8h, longest_total: 12h}
        environments:
          "prod*": {approvals: 1, break_glass: {allowed: [everyone], longest_duration: 1h}}
        """;
    private static final String PEOPLE = """
        people:
          - {id: U12345678, name: john.doe, github: johndoe}
          - {id: U23456789, name: jane.roe, github: janeroe}
        """;

    private final Path top;
    private final Path ledger;
    private final Path signers;
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private String clock = "2026-01-15T07:00:00Z";

    /** Two environments, dev and prod-0, of which prod-0 needs an approval; its first entry is a whole grant of dev. */
    KeyedLedger(Path top) throws IOException {
        this.top = top;
        ledger = Files.createDirectories(top.resolve("ledger"));
        run(top, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key");
        signers = Files.writeString(
                top.resolve("signers"), "bastion@example.com " + Files.readString(top.resolve("key.pub")));
        git("init", "-q", "-b", "main");
        write("dev", "", "");
        write("prod-0", "", "");
        writeFile("environments/access-policy.yaml", POLICY);
        writeFile("environments/people.yaml", PEOPLE);
        git("add", ".");
        byHand("2026-01-15T07:00:00Z", "Environments");
    }

    void writeFile(String path, String content) throws IOException {
        Path file = ledger.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    /** Writes an environment's file in the work tree: open for John from a time until another, or closed. */
    void write(String environment, String from, String until) throws IOException {
        boolean isOpen = !from.isEmpty();
        writeFile("environments/" + environment + "/bastion/terragrunt.hcl", """
            inputs = {
              deploy_bastion        = %d
              requested_by_user_id  = "%s"
              requested_by_username = "%s"
              created_at            = "%s"
              expires_at            = "%s"
            }
            """.formatted(
                        isOpen ? 1 : 0, isOpen ? "U12345678" : "", isOpen ? "john.doe" : "", from, until));
    }

    /** Leaves an environment that no key names to nobody. */
    void requireNames() throws IOException {
        writeFile("environments/access-policy.yaml", POLICY.replace("unnamed: defaults\n", "") + "  other: {}\n");
    }

    /** Renames the key of prod in the policy, so that no rule of its own applies to it. */
    void renameTheKeyOfProd() throws IOException {
        writeFile("environments/access-policy.yaml", POLICY.replace("\"prod*\"", "\"zprod*\""));
    }

    /** A commit that the service signs. */
    String entry(String at, String action, String environment, String request, String until, String... more)
            throws IOException {
        return signed(
                at,
                """
                bastion(%2$s): %1$s for john.doe

                john.doe asked for %2$s

                Bastion-Action: %1$s
                Bastion-Environment: %2$s
                Bastion-Request-Id: %3$s
                Requested-By: john.doe <U12345678>
                Created-At: %4$s
                Expires-At: %5$s
                """.formatted(action, environment, request, FROM, until)
                        + String.join(
                                "", Stream.of(more).map(line -> line + "\n").toList()));
    }

    String signed(String at, String message) throws IOException {
        return commit(at, message, "-c", "gpg.format=ssh", "-c", "user.signingkey=" + top.resolve("key"));
    }

    String byHand(String at, String message) throws IOException {
        return commit(at, message);
    }

    private String commit(String at, String message, String... options) throws IOException {
        clock = at;
        List<String> command = new ArrayList<>(List.of(options));
        command.addAll(List.of("commit", "-q", "-a", "--allow-empty", "-F"));
        command.add(Files.writeString(top.resolve("message"), message).toString());
        if (options.length > 0) {
            command.add("-S");
        }
        git(command.toArray(String[]::new));
        return git("rev-parse", "HEAD").strip();
    }

    /** A grant of the service from {@link #FROM} until {@link #UNTIL}, and its reversion two seconds later; returns the commits. */
    List<String> grant(String environment, String request, boolean hasReady, String... more) throws IOException {
        List<String> commits = new ArrayList<>();
        write(environment, FROM, UNTIL);
        commits.add(entry(FROM, "open", environment, request, UNTIL, more));
        if (hasReady) {
            commits.add(entry(
                    "2026-01-15T08:02:00Z",
                    "ready",
                    environment,
                    request,
                    UNTIL,
                    "Observed-At: 2026-01-15T08:02:00Z",
                    "Instance: i-0123456789abcdef0",
                    "After-Opening: PT2M"));
        }
        write(environment, "", "");
        commits.add(entry(
                "2026-01-15T09:00:02Z",
                "expire",
                environment,
                request,
                UNTIL,
                "Ended-At: 2026-01-15T09:00:02Z",
                "Reverts: " + commits.getFirst()));
        return commits;
    }

    String git(String... arguments) {
        return run(ledger, Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String run(Path directory, String... command) {
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
                            "GIT_AUTHOR_DATE", clock,
                            "GIT_COMMITTER_DATE", clock));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks at a time; returns the exit code. */
    int askAt(String now, String... question) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        CommandLine audit = AuditCommand.commandLine(() -> Instant.parse(now), Map.of());
        PicocliConverters.register(audit);
        List<String> all = new ArrayList<>(List.of(question));
        all.addAll(List.of("--repository", ledger.toString(), "--allowed-signers", signers.toString()));
        return audit.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(all.toArray(String[]::new));
    }

    int ask(String... question) {
        return askAt("2026-02-01T00:00:00Z", question);
    }

    String out() {
        return out.toString();
    }

    String errors() {
        return errors.toString();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    /** A column of the answer that was asked for as JSON. */
    List<String> column(String name) throws IOException {
        return StreamSupport.stream(json().spliterator(), false)
                .map(row -> row.path(name).isValueNode()
                        ? row.path(name).asText()
                        : row.path(name).toString())
                .toList();
    }
}
