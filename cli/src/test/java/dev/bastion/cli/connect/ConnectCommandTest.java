package dev.bastion.cli.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.app.aws.PersonalAccessFailed;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import dev.bastion.cli.PicocliConverters;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options, outputs and the check. */
class ConnectCommandTest {
    private static final ConnectOutput.Connected CONNECTED = new ConnectOutput.Connected(
            "dev",
            "i-1",
            "eu-central-1",
            "john.doe-0",
            "john\u001b[2J.doe",
            Optional.of(Laptop.NOON.plus(Duration.ofHours(1))),
            new LocalDatabase(
                    Engine.POSTGRESQL, 20_001, Optional.of("o'hara"), Optional.of("orders"), Optional.of("a'b&c")));

    @TempDir
    Path programs;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static Optional<ClientProgram> client(String... arguments) {
        return CommandLine.populateCommand(new ClientOptions(), arguments).chosen();
    }

    private int execute(Map<String, String> environment, String... arguments) {
        CommandLine command = new CommandLine(new ConnectCommand(() -> Laptop.NOON, environment));
        PicocliConverters.register(command);
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void whatStandsBehindTheClientIsTheClients() {
        assertThat(client("--psql", "-c", "select 1", "--help", "--mysql", "--", "x"))
                .hasValue(new ClientProgram.Psql(List.of("-c", "select 1", "--help", "--mysql", "--", "x")));
        assertThat(client("--mysql")).hasValue(new ClientProgram.Mysql(List.of()));
        assertThat(client("--exec", "pg_dump | gzip > 'a b'"))
                .hasValue(new ClientProgram.Shell("pg_dump | gzip > 'a b'"));
        assertThat(client()).isEmpty();
    }

    @Test
    void wrongUsageIs2() {
        assertThat(execute(Map.of())).isEqualTo(2);
        assertThat(execute(Map.of(), "dev!")).isEqualTo(2);
        assertThat(execute(Map.of(), "dev", "--iam-token")).isEqualTo(2);
        assertThat(execute(Map.of(), "dev", "--port", "70000")).isEqualTo(2);
        assertThat(execute(Map.of(), "dev", "--exec", "x", "--psql")).isEqualTo(2);
        assertThat(err.toString()).contains("--iam-token needs --user");
    }

    @Test
    void peopleGetALineToPasteAndControlCharactersOfTagsAreGone() {
        new TextOutput(new PrintWriter(out), new PrintWriter(err), ZoneOffset.UTC, false, false).connected(CONNECTED);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
            psql -h 127.0.0.1 -p 20001 -U 'o'\\''hara' orders
            export PGPASSWORD='a'\\''b&c'
            """);
        assertThat(err.toString())
                .contains("open for john [2J.doe, until 13:00:00")
                .doesNotContain("\u001b");
    }

    @Test
    void scriptsGetAUrlOrJson() {
        new TextOutput(new PrintWriter(out), new PrintWriter(err), ZoneOffset.UTC, true, false).connected(CONNECTED);
        assertThat(out.toString().strip()).isEqualTo("postgresql://o%27hara@127.0.0.1:20001/orders");
        StringWriter json = new StringWriter();
        new JsonOutput(new PrintWriter(json)).connected(CONNECTED);
        assertThat(json.toString())
                .contains("\"event\":\"connected\"", "\"port\":20001", "\"expires_at\":\"2026-01-15T13:00:00Z\"");
    }

    private static ConnectCheck check(Map<String, String> environment, Optional<ClientProgram> client, String system) {
        return new ConnectCheck(Laptop.dev(client), environment, new Installation(system, "aarch64"));
    }

    @Test
    void theCheckNamesEverythingThatIsMissing() {
        Laptop laptop = new Laptop(programs);
        var found = check(
                        Map.of("PATH", programs.toString()), Optional.of(new ClientProgram.Psql(List.of())), "Mac OS X")
                .look(
                        () -> laptop.access,
                        _ -> {
                            throw new ConnectRefused(ExitCode.NO_BASTION, "dev has no bastion.", "request it");
                        },
                        _ -> List.of(Finding.ok(Area.AWS, "agent", "online")));
        assertThat(found)
                .extracting(finding -> finding.status() + " " + finding.subject())
                .containsExactly("PROBLEM plugin", "PROBLEM client", "OK region", "OK credentials", "PROBLEM bastion");
        assertThat(found.getFirst().remedy()).contains("brew install");
        assertThat(found.getLast().line()).isEqualTo("bastion: dev has no bastion. To fix it: request it");
        assertThat(ConnectCheck.isComplete(found)).isFalse();
    }

    @Test
    void theCheckOfWhatIsThereGoesOnToTheBastionsPartsAsFarAsThePersonMayLook() {
        Laptop laptop = new Laptop(programs).withPlugin();
        var found = check(laptop.environment, Optional.empty(), "Linux")
                .look(
                        () -> laptop.access,
                        _ -> FakeAccess.bastion("i-1", "john.doe", Laptop.NOON.plusSeconds(60)),
                        _ -> List.of(
                                Finding.problem(Area.AWS, "agent", "it is not online", "wait"),
                                Finding.unknown(Area.AWS, "iam:GetRole", "refused", "allow it"),
                                Finding.unknown(Area.AWS, "scheduler:GetSchedule", "refused", "allow it")));
        assertThat(found)
                .extracting(finding -> finding.status() + " " + finding.subject())
                .containsExactly(
                        "OK plugin", "OK region", "OK credentials", "OK bastion", "PROBLEM agent", "UNKNOWN the rest");
        assertThat(found.getLast().meaning()).contains("2 more");
        assertThat(ConnectCheck.isComplete(found)).isFalse();
    }

    @Test
    void withoutARegionNothingElseOfAwsIsLookedAt() {
        var found = check(Map.of(), Optional.empty(), "Linux")
                .look(
                        () -> {
                            throw new PersonalAccessFailed(
                                    Reason.CONFIGURATION, "No AWS region is set.", "add --region");
                        },
                        _ -> FakeAccess.bastion("i-1", "", Laptop.NOON),
                        _ -> List.of());
        assertThat(found).extracting(Finding::subject).containsExactly("plugin", "region");
    }

    @Test
    void versionsAreComparedByTheirNumbers() {
        String last = Plugin.LAST_WITH_TOKEN_IN_ARGUMENTS;
        assertThat(Plugin.isNewer("1.2.536.0", last)).isTrue();
        assertThat(Plugin.isNewer("1.10.0.0", last)).isTrue();
        assertThat(Plugin.isNewer("2", last)).isTrue();
        for (String old : List.of("1.2.497.0", "1.2.497", "1.2.99.0", "", "unknown", "1.2.x", "1.2.3.4.5")) {
            assertThat(Plugin.isNewer(old, last)).as(old).isFalse();
        }
    }
}
