package dev.bastion.cli.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.cli.PicocliConverters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the commands ask the API, print and exit with. */
class RequestCommandsTest {
    private static final String ID = "01JHR7Z9C0V6T1XK";
    private static final String OPEN = grant("absent");
    private static final String READY = grant("ready");
    private static final String WAITING = """
        {"id": "%s", "state": "waiting", "environment": "dev", "requester": {"id": "U1", "name": "john.doe"},
         "pull_request": {"number": 7, "url": "https://github.com/acme/infra/pull/7"}, "outages": []}
        """.formatted(ID);

    private final FakeApi api = new FakeApi();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>(Map.of("BASTION_TOKEN", "t.o.k"));
    private Instant now = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        api.close();
    }

    private static String grant(String bastion) {
        return """
            {"id": "%1$s", "state": "open", "environment": "dev", "requester": {"id": "U1", "name": "john.doe"},
             "grant": {"id": "%1$s", "state": "open", "environment": "dev", "expires_at": "2026-01-15T14:00:00Z",
                       "holder": {"name": "john.doe"}, "bastion": {"state": "%2$s"}}, "outages": []}
            """.formatted(ID, bastion);
    }

    private int run(String... arguments) {
        environment.putIfAbsent("BASTION_API", api.address());
        CommandLine commandLine = new CommandLine(CommandLine.Model.CommandSpec.create())
                .addSubcommand(new RequestCommand(() -> now, environment, () -> now = now.plus(Duration.ofMinutes(1))))
                .addSubcommand(new StatusCommand(environment))
                .addSubcommand(new ExtendCommand(environment))
                .addSubcommand(new EndCommand(environment))
                .addSubcommand(new HistoryCommand(environment))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        PicocliConverters.register(commandLine);
        return commandLine.execute(arguments);
    }

    @Test
    void aRequestHasItsEnvironmentDurationAndReason() {
        api.answers("POST /v1/requests", 201, OPEN);
        assertThat(run("request", "dev", "36h", "INC-12", "slow", "query"))
                .as(err.toString())
                .isZero();
        assertThat(api.calls)
                .containsExactly("Bearer t.o.k POST /v1/requests {\"environment\":\"dev\",\"duration\":\"2160m\","
                        + "\"reason\":\"INC-12 slow query\",\"break_glass\":false}");
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        "dev: open for john.doe until 2026-01-15T14:00:00Z, bastion absent, grant " + ID);
    }

    @Test
    void waitingEndsWhenItIsReady() {
        api.answers("POST /v1/requests", 202, WAITING)
                .answers("GET /v1/requests/" + ID, 200, WAITING)
                .answers("GET /v1/requests/" + ID, 200, OPEN)
                .answers("GET /v1/requests/" + ID, 200, READY);
        assertThat(run("request", "dev", "1h", "x", "--wait"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("bastion ready").doesNotContain("waiting");
        assertThat(err.toString()).containsOnlyOnce("dev: waiting").contains("pull/7", "bastion absent");
    }

    @ParameterizedTest
    @CsvSource({"denied", "lapsed", "withdrawn", "refused", "ended"})
    void waitingEndsWhenThereWillBeNoAccess(String state) {
        api.answers("POST /v1/requests", 202, WAITING)
                .answers("GET /v1/requests/" + ID, 200, WAITING.replace("\"waiting\"", "\"" + state + "\""));
        assertThat(run("request", "dev", "1h", "x", "--wait")).isEqualTo(4);
        assertThat(err.toString()).contains("The request is " + state);
    }

    @Test
    void aRequestForLaterHasItsStartInUtcAndIsWaitedForFromThenOn() {
        String later =
                WAITING.replace("\"pull_request\"", "\"not_before\": \"2026-01-15T13:30:00Z\", \"pull_request\"");
        api.answers("POST /v1/requests", 202, later).answers("GET /v1/requests/" + ID, 200, later);
        assertThat(run(
                        "request",
                        "dev",
                        "1h",
                        "x",
                        "--from",
                        "2026-01-15T14:30:00.5+01:00",
                        "--wait",
                        "--timeout",
                        "5m"))
                .isEqualTo(4);
        assertThat(api.calls.getFirst()).contains("\"not_before\":\"2026-01-15T13:30:00Z\"");
        assertThat(api.calls).hasSize(97);
        assertThat(err.toString()).contains("dev: waiting from 2026-01-15T13:30:00Z, request " + ID);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-15", "02:00", "tomorrow", "2026-01-15T10:30"})
    void aStartWithoutATimeOrAZoneIsNotGuessed(String from) {
        assertThat(run("request", "dev", "1h", "x", "--from", from)).isEqualTo(2);
        assertThat(err.toString()).contains("is no moment; write one like 2026-01-15T10:30Z");
        assertThat(api.calls).isEmpty();
    }

    @Test
    void twoStartsOfOneJobAreTwoRequests() {
        environment.put("GITHUB_RUN_ID", "77");
        api.answers("POST /v1/requests", 202, WAITING);
        assertThat(run("request", "dev", "1h", "x", "--from", "2026-01-15T14:30Z"))
                .isZero();
        assertThat(run("request", "dev", "1h", "x")).isZero();
        assertThat(api.keys).containsExactly("77-1-job-dev-2026-01-15T14:30:00Z", "77-1-job-dev");
    }

    @Test
    void waitingEndsAfterItsTime() {
        api.answers("POST /v1/requests", 202, WAITING).answers("GET /v1/requests/" + ID, 200, WAITING);
        assertThat(run("request", "dev", "1h", "x", "--wait", "--timeout", "5m"))
                .isEqualTo(4);
        assertThat(err.toString()).contains("not ready within 5m and is still waiting");
        assertThat(api.calls).hasSize(7);
    }

    @Test
    void aRefusalIsPrintedAndAnOutageHasItsOwnCode() {
        String problem =
                "{\"type\": \"urn:bastion:problem:already-open\", \"status\": 409, \"detail\": \"dev is open.\"}";
        api.answers("POST /v1/requests", 409, problem);
        assertThat(run("request", "dev", "1h", "x")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("bastion: dev is open.");
        assertThat(run("request", "dev", "1h", "x", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"urn:bastion:problem:already-open\"");
        api.answers("GET /v1/environments", 503, "{\"detail\": \"Git is not answering.\"}");
        assertThat(run("status")).isEqualTo(3);
        api.close();
        assertThat(run("status")).isEqualTo(3);
        assertThat(err.toString()).contains("does not answer");
    }

    @Test
    void aJobOfGithubActionsUsesItsOwnTokenAndItsRunAsTheKey() {
        environment.remove("BASTION_TOKEN");
        environment.putAll(Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL", api.address() + "/token?v=1",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job",
                "GITHUB_RUN_ID", "77",
                "GITHUB_RUN_ATTEMPT", "2",
                "GITHUB_JOB", "migrate"));
        api.answers("GET /token?v=1&audience=bastion", 200, "{\"value\": \"i.d.t\"}")
                .answers("POST /v1/requests", 201, OPEN);
        assertThat(run("request", "dev", "1h", "x")).as(err.toString()).isZero();
        assertThat(api.calls.getFirst()).startsWith("Bearer job GET /token");
        assertThat(api.calls.getLast()).startsWith("Bearer i.d.t POST /v1/requests");
        assertThat(api.keys.getLast()).isEqualTo("77-2-migrate-dev");
        api.answers("GET /token?v=1&audience=other", 403, "{}");
        assertThat(run("request", "dev", "1h", "x", "--audience", "other")).isEqualTo(3);
    }

    @Test
    void theTokenCanBeAFileOrACommand() throws IOException {
        api.answers("GET /v1/environments", 200, "{\"environments\": []}");
        Path file = Files.writeString(folder.resolve("token"), "f.i.le\n");
        assertThat(run("status", "--token-file", file.toString())).isZero();
        assertThat(run("status", "--token-command", "echo c.o.m")).isZero();
        assertThat(api.calls).allSatisfy(call -> assertThat(call).matches("Bearer (f.i.le|c.o.m) .*"));
        assertThat(out.toString()).contains("none");
        assertThat(run("status", "--token-command", "false")).isEqualTo(2);
        assertThat(run("status", "--token-command", "printf 'a\\nb'")).isEqualTo(2);
        assertThat(run("status", "--token-file", folder.resolve("none").toString()))
                .isEqualTo(2);
        environment.remove("BASTION_TOKEN");
        assertThat(run("status")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no token; give --token-file");
    }

    @ParameterizedTest
    @CsvSource({"http://bastion.example.com", "ftp://x", "bastion.example.com", "http://localhost.evil.example"})
    void theTokenIsSentOnlyByHttpsOrToThisMachine(String address) {
        assertThat(run("status", "--api", address)).isEqualTo(2);
        assertThat(err.toString()).contains("--api must begin with https://");
        assertThat(api.calls).isEmpty();
    }

    @Test
    void aGrantIsFoundByItsEnvironmentOrItsId() {
        api.answers("GET /v1/grants", 200, "{\"grants\": [{\"id\": \"" + ID + "\", \"environment\": \"prod/orders\"}]}")
                .answers("POST /v1/grants/" + ID + "/extend", 200, OPEN)
                .answers("POST /v1/grants/" + ID + "/end", 200, OPEN)
                .answers("DELETE /v1/requests/" + ID, 200, WAITING);
        assertThat(run("extend", "prod/orders", "--by", "90m")).isZero();
        assertThat(run("extend", ID)).isZero();
        assertThat(run("end", "prod/orders")).isZero();
        assertThat(run("end", ID, "--withdraw")).isZero();
        assertThat(String.join("\n", api.calls))
                .contains("/extend {\"by\":\"90m\"}", "/extend {}", "/end {}", "DELETE ");
        assertThat(run("end", "staging")).isEqualTo(2);
        assertThat(err.toString()).contains("no open grant is staging");
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 3"})
    void anEndThatIsNotRecordedYetIsToldAndOneWhoseBastionMayBeThereIsAFailure(boolean isFailed, int exit) {
        String pending = """
            {"id": "%s", "state": "open", "environment": "dev", "expires_at": "2026-01-15T14:00:00Z",
             "holder": {"name": "john.doe"}, "outages": [], "end_pending": {
               "detail": "Git is not answering\\u001b.", "terminated": [], "termination_failed": %s}}
            """.formatted(ID, isFailed);
        api.answers("GET /v1/grants", 200, "{\"grants\": [{\"id\": \"" + ID + "\", \"environment\": \"dev\"}]}")
                .answers("POST /v1/grants/" + ID + "/end", 202, pending);
        assertThat(run("end", "dev")).isEqualTo(exit);
        assertThat(out + err.toString()).contains("dev: open for john.doe until", "Git is not answering?.");
    }

    @Test
    void whatAPersonWroteGivesTheTerminalNoOrders() {
        api.answers("GET /v1/environments/prod%2Forders/history", 200, """
            {"grants": [{"id": "x", "state": "ended", "environment": "prod/orders", "holder": {"name": "a\\u001b[31mb"},
                         "ended_at": "2026-01-15T14:00:00Z", "end": "expired"}]}
            """);
        assertThat(run("history", "prod/orders")).isZero();
        assertThat(out.toString()).contains("prod/orders: ended for a?[31mb at 2026-01-15T14:00:00Z (expired)");
    }

    @Test
    void oneEnvironmentOrAll() {
        api.answers("GET /v1/environments", 200, """
            {"environments": [{"name": "dev", "state": "closed", "waiting": [{}]},
                              {"name": "prod", "state": "unclear", "problem": "line 3"}],
             "outages": [{"detail": "As of 10:58. Git is not answering."}]}
            """);
        assertThat(run("status")).isZero();
        assertThat(out.toString())
                .contains("dev: closed, a request waits", "prod: unclear, line 3", "Git is not answering");
        out.getBuffer().setLength(0);
        assertThat(run("status", "prod")).isZero();
        assertThat(out.toString()).doesNotContain("dev");
        assertThat(run("status", "none")).isEqualTo(2);
    }

    private static String slots(String yours) {
        return """
            {"grants": [
              {"id": "ID1", "environment": "dev", "yours": false, "holder": {"name": "john.doe"}},
              {"id": "ID2", "environment": "dev#2", "yours": %s, "holder": {"name": "jane.roe"}},
              {"id": "ID3", "environment": "dev-2", "yours": true, "holder": {"name": "jane.roe"}}]}
            """.formatted(yours);
    }

    @ParameterizedTest
    @CsvSource({"dev, true, ID2", "dev#1, true, ID1", "dev#2, false, ID2", "dev-2, false, ID3", "ID1, true, ID1"})
    void ofSeveralSlotsTheNameMeansOnesOwn(String typed, String yours, String id) {
        api.answers("GET /v1/grants", 200, slots(yours));
        api.answers("POST /v1/grants/" + id + "/end", 200, OPEN);
        run("end", typed);
        assertThat(api.calls).last().asString().contains("POST /v1/grants/" + id + "/end");
    }

    @Test
    void aNameThatMeansTheGrantsOfSeveralOthersIsAskedAbout() {
        api.answers("GET /v1/grants", 200, slots("false"));
        assertThat(run("end", "dev")).isEqualTo(2);
        assertThat(err.toString())
                .contains("several people have dev: dev#1 of john.doe, dev#2 of jane.roe; name one of these");
        assertThat(run("end", "dev#3")).isEqualTo(2);
        assertThat(err.toString()).contains("no open grant is dev#3");
    }
}
