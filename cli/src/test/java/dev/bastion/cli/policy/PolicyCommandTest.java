package dev.bastion.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.cli.PicocliConverters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The policy commands as people type them: output and exit codes. */
class PolicyCommandTest {
    private static final String POLICY = """
        defaults:
          approvers: [group:platform]
        environments:
          dev: {}
          prod:
            may_request: [U1, U2]
            longest_duration: 4h
            reason_required: true
            approvals: 1
            break_glass: {allowed: [U1], longest_duration: 1h}
        """;
    private static final String PEOPLE = """
        people:
          - {id: U1, name: john.doe, github: johndoe}
          - {id: U2, name: jane.roe, github: janeroe}
          - {id: U3, name: max, github: maxm}
        groups:
          platform: [U2, U3]
        """;

    @TempDir
    private Path top;

    private Path environments;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        environments = top.resolve("environments");
        write("access-policy.yaml", POLICY);
        write("people.yaml", PEOPLE);
        write("dev/bastion/terragrunt.hcl", "");
        write("prod/bastion/terragrunt.hcl", "");
    }

    private void write(String path, String text) throws IOException {
        Path file = environments.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--environments");
        all.add(environments.toString());
        CommandLine commandLine = PolicyCommand.commandLine(() -> Instant.parse("2026-01-15T10:30:00.5Z"));
        PicocliConverters.register(commandLine);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(all.toArray(String[]::new));
    }

    @Test
    void theTableNamesApproversAndTheRule() {
        assertThat(run("test", "--who", "JohnDoe", "--environment", "prod", "--duration", "4h"))
                .isZero();
        assertThat(out.toString()).isEqualTo("""
            who          john.doe (U1, GitHub johndoe)
            environment  prod
            at           2026-01-15T10:30:00Z
            for          4h
            answer       approve:1
            by           jane.roe (U2, GitHub janeroe), max (U3, GitHub maxm)
            lapses       2026-01-15T11:30:00Z
            until        2026-01-15T15:30:00Z at the latest
            why          approvals: 0 of 1 approval
            """);
    }

    @Test
    void environmentsThatCouldBeTakenForOthersAreToldWithFileLineAndRemedy() throws IOException, InterruptedException {
        Files.writeString(
                top.resolve("ledger.yaml"),
                "environments: [{path: 'environments/{name}/bastion.auto.tfvars'}]\nmodules: [git::https://e.org/m]\n");
        git("init", "-q");
        write("dev/bastion.auto.tfvars", "environment = \"dev\"\n");
        write("prod/bastion.auto.tfvars", "# prod\nenvironment = \"dev\"\n");
        String backend = "terraform {\n  backend \"s3\" {\n    bucket = \"states\"\n    key = \"dev\"\n  }\n}\n";
        write("dev/main.tf", backend);
        write("prod/backend.tf", "\n" + backend);
        String[] problems = {
            "environments/prod/bastion.auto.tfvars:2: `environment` is not the name of its resources. Write"
                    + " `environment = \"prod\"`.",
            "environments/prod/backend.tf:5: the state of prod is that of dev, too (environments/dev/main.tf:4):"
                    + " s3://states/dev. Write another key into one of them."
        };
        assertThat(run("check")).as(err.toString()).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(problems);
        assertThat(out.toString()).contains("2 environments that are mixed up with others");
        git("add", "-A");
        git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "All");
        write("prod/bastion.auto.tfvars", "environment = \"prod\"\n");
        write("prod/backend.tf", backend.replace("\"dev\"", "\"prod\""));
        assertThat(run("check")).as(err.toString()).isZero();
        err.getBuffer().setLength(0);
        assertThat(run("check", "--commit", "HEAD")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(problems);
    }

    @Test
    void aRequestForLaterIsAnsweredWithItsStart() {
        assertThat(run("test", "--who", "JohnDoe", "--environment", "dev", "--from", "2026-01-16T03:00:00+01:00"))
                .isZero();
        assertThat(out.toString()).isEqualTo("""
            who          john.doe (U1, GitHub johndoe)
            environment  dev
            at           2026-01-15T10:30:00Z
            from         2026-01-16T02:00:00Z
            for          2h (the default)
            answer       approve:0
            by           nobody: it waits for its start
            until        2026-01-16T05:00:00Z at the latest
            why          every check passed
            """);
        assertThat(run("test", "--who", "U1", "--environment", "prod", "--from", "2026-01-16T02:00Z", "--explain"))
                .isZero();
        assertThat(out.toString()).contains("approve:1", "passed   start");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "dev  --from 2026-01-15T10:30:00Z,                start: ",
        "dev  --from 2026-01-15T10:29:00Z,                start: ",
        "dev  --from 2036-01-15T10:29:00Z,                start: ",
        "prod --from 2026-01-16T02:00:00Z --break-glass,  break_glass: ",
        "dev  --from 2026-01-16T02:00:00Z --duration 12h, duration: "
    })
    void aStartThatThePolicyRefusesIsARefusalWithItsCheck(String question, String why) {
        List<String> arguments = new ArrayList<>(List.of("test", "--who", "U1", "--expect", "refuse", "--environment"));
        arguments.addAll(List.of(question.split(" +")));
        assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("why +" + why);
    }

    @Test
    void aStartIsOfOneQuestionAndHasATimeOfDay() {
        assertThat(run("test", "--all", "--from", "2026-01-16T02:00Z")).isEqualTo(2);
        assertThat(run("test", "--who", "U1", "--environment", "dev", "--from", "2026-01-16"))
                .isEqualTo(2);
        assertThat(run("test", "--who", "U1", "--environment", "dev", "--expect", "approve:0"))
                .isEqualTo(1);
    }

    @Test
    void aReasonIsTestedAgainstThePattern() throws IOException {
        write("access-policy.yaml", POLICY.replace("reason_required: true", "reason_pattern: INC-[0-9]+"));
        String[] question = {"test", "--who", "JohnDoe", "--environment", "prod", "--expect", "approve:1"};
        assertThat(run(question)).isEqualTo(1);
        assertThat(out.toString()).contains("reason: prod requires a reason that contains INC-[0-9]+.");
        assertThat(run(Stream.concat(Stream.of(question), Stream.of("--reason", "slow query, INC-12"))
                        .toArray(String[]::new)))
                .isZero();
        write("policy-tests.yaml", """
            tests:
              - {who: john.doe, environment: prod, expect: refuse}
              - {who: john.doe, environment: prod, reason: true, expect: refuse}
              - {who: john.doe, environment: prod, reason: false, expect: refuse}
              - {who: john.doe, environment: prod, reason: "INC-12", expect: approve:1}
              - {who: john.doe, environment: prod, reason: "inc-12", expect: refuse}
            """);
        assertThat(run("test", "--all")).isZero();
    }

    @Test
    void jsonHasTheAnswer() throws IOException {
        assertThat(run("test", "--who", "U2", "--environment", "prod", "--at", "2026-02-01T00:00:00Z", "--json"))
                .isZero();
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.path("answer").asText()).isEqualTo("approve:1");
        assertThat(json.path("approvers").findValuesAsText("github")).containsExactly("maxm");
        assertThat(json.path("lapsesAt").asText()).isEqualTo("2026-02-01T01:00:00Z");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "U9,       dev  --duration 8h,               allow",
        "U9,       dev  --duration 8h1m,             refuse",
        "U9,       prod,                             refuse",
        "john.doe, prod --duration 4h,               approve:1",
        "john.doe, prod --duration 4h1m,             refuse",
        "john.doe, prod --no-reason,                 refuse",
        "john.doe, prod --break-glass,               allow",
        "john.doe, prod --break-glass --duration 2h, refuse",
        "jane.roe, prod --break-glass,               refuse",
        "john.doe, dev  --break-glass,               refuse",
    })
    void anUnmetExpectationIsExitCode1(String who, String rest, String answer) {
        List<String> arguments = new ArrayList<>(List.of("test", "--who", who, "--environment"));
        arguments.addAll(List.of(rest.split(" +")));
        arguments.add("--expect");
        arguments.add(answer);
        assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
        arguments.set(arguments.size() - 1, answer.equals("refuse") ? "allow" : "refuse");
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--who jon.doe --environment dev                        | people.yaml has no \"jon.doe\"",
                "--who john.doe --environment pr                        | there is no environment pr; the environments"
                        + " are [dev, prod]",
                "--who john.doe                                         | use --who and --environment, or --all",
                "--who john.doe --environment dev --expect perhaps      | --expect must be allow, approve:N, depends"
                        + " or refuse",
                "--who john.doe --environment dev --duration soon       | \"soon\" is not a valid duration",
                "--who john.doe --environment ../x                      | \"../x\" is not a valid environment",
                "--all                                                  | has no policy-tests.yaml",
                "--who john.doe --environment dev --commit nope         | has no commit nope",
            })
    void wrongUsageIsExitCode2(String arguments, String output) {
        assertThat(run(("test " + arguments.strip()).split(" +"))).isEqualTo(2);
        assertThat(err.toString()).contains(output);
    }

    @Test
    void explainPrintsEveryCheckByName() throws IOException {
        assertThat(run("test", "--who", "U9", "--environment", "prod", "--duration", "5h", "--no-reason", "--explain"))
                .isZero();
        assertThat(out.toString()).endsWith("""
            checks
              failed   may_request  U9 is not allowed to request prod.
              passed   holder
              passed   environment
              failed   reason       prod requires a reason.
              failed   duration     5h is longer than the 4h that prod allows at once.
              passed   limits
              unmet    approvals    0 of 1 approval
            """);
        assertThat(run("test", "--who", "john.doe", "--environment", "prod", "--json"))
                .isZero();
        JsonNode checks = new JsonMapper()
                .readTree(out.toString().substring(out.toString().indexOf('{')))
                .path("checks");
        assertThat(checks.findValuesAsText("name"))
                .containsExactly("may_request", "holder", "environment", "reason", "duration", "limits", "approvals");
        assertThat(checks.findValuesAsText("result"))
                .containsExactly("passed", "passed", "passed", "passed", "passed", "passed", "unmet");
    }

    @Test
    void everyRowOfTheTestsRuns() throws IOException {
        write("policy-tests.yaml", """
            tests:
              - {who: john.doe, environment: prod, duration: 4h, expect: approve:1}
              - {who: john.doe, environment: prod, reason: false, expect: refuse}
              - {who: john.doe, environment: prod, break_glass: true, expect: allow}
            """);
        assertThat(run("test", "--all")).isZero();
        write("access-policy.yaml", POLICY.replace("approvals: 1", "approvals: 2"));
        assertThat(run("test", "--all")).isEqualTo(1);
        assertThat(out.toString()).contains("""
            FAIL  john.doe prod 4h -> approve:2
                  expected approve:1; approvals: 0 of 2 approvals
            """.strip()).contains("3 tests, 1 failed");
    }

    @Test
    void invalidTestsRunNothingAndReportEveryProblem() throws IOException {
        write(
                "policy-tests.yaml",
                "tests:\n  - {who: john.doe, expect: maybe}\n  - {environment: prod, expct: allow}\n");
        assertThat(run("test", "--all")).isEqualTo(2);
        assertThat(err.toString())
                .contains("tests[0].environment: is missing", "tests[0].expect: is \"maybe\"")
                .contains("tests[1].who: is missing", "tests[1].expct: is not a known key");
        write("policy-tests.yaml", "tests: []\n");
        assertThat(run("test", "--all")).isEqualTo(2);
    }

    @Test
    void checkReportsAllProblems() throws IOException {
        assertThat(run("check")).as(err.toString()).isZero();
        assertThat(out.toString()).endsWith("2 keys of environments, 3 people, no problems\n");
        write(
                "access-policy.yaml",
                POLICY.replace("approvals: 1", "approvals: many").replace("U2]", "group:none]"));
        write("people.yaml", PEOPLE.replace("maxm", "janeroe"));
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString())
                .contains("access-policy.yaml: environments.prod.approvals: is \"many\"")
                .contains("access-policy.yaml: environments.prod.may_request: group none is not in people.yaml")
                .contains("people.yaml: people[2].github: janeroe occurs twice");
    }

    @Test
    void rulesForAnUnknownEnvironmentAreANote() throws IOException {
        write("access-policy.yaml", POLICY.replace("  prod:", "  porod:"));
        assertThat(run("check")).isEqualTo(1);
        assertThat(err.toString())
                .contains("note: access-policy.yaml has rules for porod")
                .contains("no key names prod, so nobody may request it");
    }

    @Test
    void approvalsInSlackAreANote() throws IOException {
        write("access-policy.yaml", POLICY.replace("  prod:\n", "  prod:\n    approve_in: [github, slack]\n"));
        assertThat(run("check")).isZero();
        assertThat(err.toString()).contains("note: approve_in names slack", "entries are signed");
    }

    private void nameExternalAudiences() throws IOException {
        write(
                "access-policy.yaml",
                POLICY.replace("may_request: [U1, U2]", "may_request: [\"github-team:acme/dev\"]")
                        .replace("approvals: 1", "approvals: 1\n    approvers: [U2, oncall:PABC123]"));
        write("people.yaml", PEOPLE.replace("github: maxm", "github: maxm, pagerduty: PMAX1"));
    }

    @Test
    void anAnswerThatOnlyAnotherSystemKnowsDependsOnIt() throws IOException {
        nameExternalAudiences();
        assertThat(run("test", "--who", "U1", "--environment", "prod", "--expect", "depends"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "may_request: depends on who is in github-team:acme/dev, which GitHub answers; suppose a member"
                                + " with --member github-team:acme/dev=PERSON");
        assertThat(run("test", "--who", "U1", "--environment", "prod", "--json"))
                .isZero();
        assertThat(out.toString()).contains("\"dependsOn\" : \"github-team:acme/dev\"");
    }

    @Test
    void membersAreSupposed() throws IOException {
        nameExternalAudiences();
        String[] question = {"test", "--who", "john.doe", "--environment", "prod", "--member"};
        assertThat(run(with(question, "github-team:acme/dev=john.doe", "--expect", "approve:1")))
                .isZero();
        assertThat(out.toString())
                .contains("by           jane.roe (U2, GitHub janeroe), the members of oncall:PABC123");
        assertThat(run(with(question, "github-team:acme/dev=jane.roe", "--expect", "refuse")))
                .isZero();
        assertThat(run(with(question, "oncall:PABC123=max", "--member", "github-team:acme/dev=johndoe")))
                .isZero();
        assertThat(out.toString()).contains("max (U3, GitHub maxm), the members of oncall:PABC123");
    }

    private static String[] with(String[] question, String... more) {
        return Stream.concat(Stream.of(question), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github-team:acme/dev         | names no person; write --member github-team:acme/dba=john.doe",
                "github-org:acme=john.doe     | has no known word before its colon",
                "github-team:acme/ops=U1      | access-policy.yaml does not name github-team:acme/ops; it names"
                        + " [github-team:acme/dev, oncall:PABC123]",
                "oncall:PABC123=john.doe      | john.doe cannot be in oncall:PABC123: people.yaml has no account of"
                        + " theirs at PagerDuty",
                "github-team:acme/dev=nobody  | people.yaml has no \"nobody\""
            })
    void aMemberThatCannotBeIsExitCode2(String member, String output) throws IOException {
        nameExternalAudiences();
        assertThat(run("test", "--who", "U1", "--environment", "prod", "--member", member.strip()))
                .isEqualTo(2);
        assertThat(err.toString()).contains(output.strip());
    }

    @Test
    void theTestsSupposeMembersToo() throws IOException {
        nameExternalAudiences();
        write("policy-tests.yaml", """
            members:
              github-team:acme/dev: [john.doe]
            tests:
              - {who: john.doe, environment: prod, expect: approve:1}
              - {who: jane.roe, environment: prod, expect: refuse}
            """);
        assertThat(run("test", "--all")).as(out + "\n" + err).isZero();
        assertThat(run("test", "--all", "--member", "github-team:acme/dev=U2")).isEqualTo(1);
        write(
                "policy-tests.yaml",
                "members: {\"okta:x\": [U1]}\ntests: [{who: U1, environment: prod, expect: depends}]\n");
        assertThat(run("test", "--all")).isEqualTo(2);
        assertThat(err.toString()).contains("members.okta:x: \"okta:x\" has no known word before its colon");
    }

    @Test
    void externalAudiencesAreANote() throws IOException {
        nameExternalAudiences();
        assertThat(run("check")).isZero();
        assertThat(err.toString())
                .contains(
                        "note: github-team:acme/dev is answered by GitHub when a request is decided; a person counts by"
                                + " github in people.yaml")
                .contains("note: oncall:PABC123 is answered by PagerDuty");
    }

    @Test
    void anEnvironmentThatNoKeyNamesIsAnErrorUnlessThePolicySaysOtherwise() throws IOException {
        write("team-a/dev/bastion/terragrunt.hcl", "");
        assertThat(run("check")).isEqualTo(1);
        assertThat(err.toString()).contains("no key names team-a/dev, so nobody may request it");
        assertThat(run("test", "--who", "U9", "--environment", "team-a/dev", "--expect", "refuse", "--explain"))
                .isZero();
        assertThat(out.toString()).contains("rules        none, so nobody may request it");
        write("access-policy.yaml", POLICY + "unnamed: defaults\n");
        assertThat(run("check")).isZero();
        assertThat(run("test", "--who", "U9", "--environment", "team-a/dev", "--expect", "allow", "--explain"))
                .isZero();
        assertThat(out.toString()).contains("rules        defaults, by unnamed: defaults");
        write("access-policy.yaml", POLICY.replace("dev: {}", "'team-*/dev': {}\n  dev: {}\n  'a-*': {}"));
        assertThat(run("check")).isZero();
        assertThat(err.toString()).contains("note: access-policy.yaml has rules for a-*");
        assertThat(run("test", "--who", "U9", "--environment", "team-a/dev", "--expect", "allow", "--explain"))
                .isZero();
        assertThat(out.toString()).contains("rules        environments: team-*/dev");
    }

    @Test
    void theEnvironmentsAreThoseOfLedgerYaml() throws IOException {
        Files.writeString(top.resolve("ledger.yaml"), """
            environments: [{path: "live/{account}/{name}/db/terragrunt.hcl", name: "{account}-{name}"}]
            accounts: {eu: {id: "123456789012"}}
            aliases: {eu-Orders_DB.v2: [ord]}
            """);
        write("../live/eu/Orders_DB.v2/db/terragrunt.hcl", "");
        write("../live/us/orders/db/terragrunt.hcl", "");
        write("access-policy.yaml", POLICY.replace("dev: {}", "'eu-*': {}\n  'EU-orders_db.*': {}\n  ord: {}"));
        assertThat(run("check")).as(err.toString()).isZero();
        assertThat(err.toString())
                .contains("eu-* decides nothing, because EU-orders_db.* is more specific wherever it matches")
                .contains("ord is an alias, and a key must be a name or a pattern; write eu-Orders_DB.v2")
                .doesNotContain("us-orders");
        for (String typed : List.of("ord", "ORD", "EU-ORDERS_DB.V2")) {
            assertThat(run("test", "--who", "U9", "--environment", typed, "--expect", "allow", "--explain"))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(out.toString())
                .contains("rules        environments: EU-orders_db.* (less specific: eu-*)")
                .contains("environment  eu-Orders_DB.v2");
    }

    @Test
    void aCommitIsTestedWithItsOwnFiles() throws Exception {
        git("init", "-q", "-b", "main", ".");
        git("add", "-A");
        git("-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-q", "-m", "policy");
        write("access-policy.yaml", "nothing: good\n");
        Files.delete(environments.resolve("prod/bastion/terragrunt.hcl"));
        assertThat(run("test", "--who", "U1", "--environment", "prod")).isEqualTo(2);
        assertThat(run("test", "--who", "U1", "--environment", "prod", "--commit", "main", "--expect", "approve:1"))
                .as(err.toString())
                .isZero();
        assertThat(run("check", "--commit", "--output=x")).isEqualTo(2);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", top.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
