package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.config.SettingsReading;
import dev.bastion.app.diagnosis.LedgerContent;
import dev.bastion.app.diagnosis.LedgerReading;
import dev.bastion.app.world.CountingProxy;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.SmallAws;
import dev.bastion.app.world.SmallSlack;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.github.rules.Rule;
import dev.bastion.sandbox.github.rules.Ruleset;
import dev.bastion.sandbox.world.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bastion doctor} against a Slack, a GitHub, a ledger and an AWS over HTTP. */
class DoctorTest {
    /** What the world's own ruleset always leaves open; GithubRulesTest has each of these cases. */
    private static final List<String> SANDBOX_RULES = List.of(
            "bastion/policy counts from every account",
            "ruleset \"the ledger\" of acme/infrastructure: the bypass list cannot be seen");

    private static final String APPLY = """
        name: apply
        on:
          push:
            branches: [main]
        """;
    private static final String PLAN = """
        name: plan
        on:
          pull_request_target:
            paths: ['**']
        """;
    private static final String TRUST = """
        data "aws_iam_policy_document" "plan" {
          statement {
            actions = ["sts:AssumeRoleWithWebIdentity"]
            condition {
              test     = "StringEquals"
              variable = "token.actions.githubusercontent.com:sub"
              values   = ["repo:acme/infrastructure:pull_request"]
            }
            condition {
              test     = "StringEquals"
              variable = "token.actions.githubusercontent.com:job_workflow_ref"
              values   = ["acme/infrastructure/.github/workflows/plan.yml@refs/heads/main"]
            }
          }
        }
        """;

    @TempDir
    private Path folder;

    private final SmallSlack slack = new SmallSlack();
    private final SmallAws aws = new SmallAws();
    private final Map<String, String> settings = new HashMap<>();
    private LedgerRemote ledger;
    private Path key;

    @BeforeEach
    void aHealthyInstallation() {
        ledger = new LedgerRemote(folder);
        SigningKey signing = SigningKey.in(folder);
        key = signing.file();
        ledger.push(
                "The configuration",
                Map.of(
                        "ledger.yaml",
                        "owners: [group:platform]\n",
                        "environments/allowed_signers",
                        signing.allowedSigners(),
                        ".github/CODEOWNERS",
                        "/.github/ @acme-corp/platform\n",
                        ".github/workflows/apply.yml",
                        APPLY,
                        ".github/workflows/plan.yml",
                        PLAN,
                        ".github/workflows/policy.yml",
                        "name: policy\non: [pull_request]\n",
                        "infra/roles.tf",
                        TRUST));
        settings.putAll(Map.ofEntries(
                Map.entry("BASTION_SLACK_APP_TOKEN", "xapp-1-A0-1-abc"),
                Map.entry("BASTION_SLACK_BOT_TOKEN", "xoxb-1-2-abc"),
                Map.entry("BASTION_SLACK_CHANNEL", "C0123ABC"),
                Map.entry("BASTION_SLACK_API_URL", slack.apiUrl()),
                Map.entry("BASTION_LEDGER_REMOTE", ledger.server().remote()),
                Map.entry("BASTION_LEDGER_DIRECTORY", folder.resolve("none.git").toString()),
                Map.entry("BASTION_SIGNING_KEY_FILE", key.toString()),
                Map.entry("BASTION_GITHUB_API_URL", ledger.server().api()),
                Map.entry("BASTION_GITHUB_REPOSITORY", "acme/infrastructure"),
                Map.entry("BASTION_GITHUB_APP_ID", ledger.app().id()),
                Map.entry("BASTION_GITHUB_APP_INSTALLATION", ledger.app().installation()),
                Map.entry(
                        "BASTION_GITHUB_APP_PRIVATE_KEY_FILE",
                        ledger.app().keyFile().toString()),
                Map.entry("BASTION_AWS_REGION", "eu-central-1"),
                Map.entry("BASTION_AWS_ENDPOINT", aws.endpoint().toString())));
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterEach
    void close() {
        slack.close();
        aws.close();
        ledger.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    /** What the command printed, and how it ended. */
    private record Run(int exit, String output) {
        List<String> lines(String status) {
            return StreamSupport.stream(json().spliterator(), false)
                    .filter(finding -> finding.path("status").asText().equals(status))
                    .map(finding -> "%s %s: %s | %s"
                            .formatted(
                                    finding.path("area").asText(),
                                    finding.path("subject").asText(),
                                    finding.path("meaning").asText(),
                                    finding.path("remedy").asText()))
                    .filter(line -> SANDBOX_RULES.stream().noneMatch(line::contains))
                    .toList();
        }

        private JsonNode json() {
            try {
                return JsonMapper.builder().build().readTree(output).path("findings");
            } catch (IOException e) {
                throw new UncheckedIOException(output, e);
            }
        }
    }

    private Run doctor(String... arguments) {
        StringWriter out = new StringWriter();
        String[] all = Stream.concat(Stream.of("doctor"), Stream.of(arguments)).toArray(String[]::new);
        int exit = Main.commandLine(InstantSource.system(), settings)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(all);
        return new Run(exit, out.toString());
    }

    private Run json() {
        return doctor("--json");
    }

    @Test
    void aHealthyInstallationIsOk() {
        Run run = json();
        assertThat(run.lines("problem")).isEmpty();
        assertThat(run.lines("warning")).isEmpty();
        assertThat(run.lines("unknown")).isEmpty();
        assertThat(run.lines("ok"))
                .anyMatch(line -> line.startsWith("AWS account: 123456789012, as arn:aws:sts::123456789012"))
                .anyMatch(line -> line.startsWith("AWS ec2:TerminateInstances"))
                .anyMatch(line -> line.startsWith("GitHub credentials: the service is bastion[bot]"))
                .anyMatch(line -> line.startsWith("ledger signing key: usable"))
                .anyMatch(line -> line.startsWith("CI plan role"));
        assertThat(run.exit()).isZero();
        assertThat(doctor().output()).contains("Slack     ✔").endsWith("0 problems, 1 warning, 1 unknown.\n");
    }

    @Test
    void tenMistakesAreToldTogetherWithARemedyEach() throws IOException {
        settings.put("BASTION_SLACK_APP_TOKEN", "xoxp-a-users-token");
        slack.grant("commands,chat:write,channels:history,groups:history,im:write,users:read");
        slack.refuse("conversations.history", "not_in_channel");
        aws.deny("DescribeInstances", "AuthFailure");
        ledger.server().github().addRuleset(Ruleset.ofDefaultBranch("strict", new Rule.NeedsPullRequest(2, false)));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(key, "not a key");
        ledger.push(
                "Mistakes",
                Map.of(
                        "environments/people.yaml",
                        """
                        people:
                          - {id: U12345678, name: john.doe, github: johndoe}
                          - {id: U23456789, name: jane.roe, github: janeroe_acmee}
                          - {id: 01234567, name: max.moe, github: johndoe2}
                        groups: {platform: [U23456789]}
                        """,
                        ".github/workflows/apply.yml",
                        APPLY.replace("main", "master"),
                        "infra/roles.tf",
                        TRUST.replace("job_workflow_ref", "actor"),
                        "ledger.yaml",
                        "owners: []\n"));
        Run run = json();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.lines("problem"))
                .allMatch(line -> !line.endsWith("| "), "has a remedy")
                .anyMatch(line -> line.startsWith("Slack slack.app_token") && line.contains("xapp-"))
                .anyMatch(line -> line.startsWith("Slack scopes") && line.contains("lacks im:history"))
                .anyMatch(line -> line.startsWith("Slack channel C0123ABC") && line.contains("/invite"))
                .anyMatch(line -> line.startsWith("AWS region") && line.contains("enable the region"))
                .anyMatch(line -> line.startsWith("GitHub") && line.contains("strict") && line.contains("Bypass list"))
                .anyMatch(line -> line.contains("janeroe_acmee"))
                .anyMatch(line -> line.startsWith("ledger people.yaml:4") && line.contains("quote it"))
                .anyMatch(line -> line.startsWith("ledger signing key") && line.contains("ssh-keygen"))
                .anyMatch(line -> line.startsWith("CI workflow apply") && line.contains("push to main"))
                .anyMatch(line -> line.startsWith("CI plan role: infra/roles.tf:7"));
    }

    @Test
    void environmentsThatCouldBeTakenForOthersAreToldWithFileLineAndRemedy() {
        ledger.push(
                "Copied",
                Map.of(
                        LedgerRemote.path("staging"),
                        LedgerRemote.environmentFile("dev"),
                        "environments/root.hcl",
                        """
                        remote_state {
                          backend = "s3"
                          config = {
                            bucket = "states"
                            key    = "bastion"
                          }
                        }
                        """));
        Run run = json();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.lines("problem"))
                .containsExactly(
                        "ledger environment: environments/staging/bastion/terragrunt.hcl:8: `inputs.environment` is not"
                                + " the name of its resources | Write `environment = \"staging\"`",
                        "ledger environment: environments/root.hcl:5: the state of prod is that of dev, too"
                                + " (environments/root.hcl:5): s3://states/bastion | Write the path into the key, like"
                                + " `${path_relative_to_include()}/terraform.tfstate`",
                        "ledger environment: environments/root.hcl:5: the state of staging is that of dev, too"
                                + " (environments/root.hcl:5): s3://states/bastion | Write the path into the key, like"
                                + " `${path_relative_to_include()}/terraform.tfstate`");
    }

    @Test
    void environmentsWhoseNameOnlyAPlanShowsAreListedOnce() {
        ledger.push(
                "Names from root.hcl",
                Map.of(
                        LedgerRemote.path("staging"),
                        LedgerRemote.environmentFile("staging").replace("environment ", "region "),
                        LedgerRemote.path("prod"),
                        LedgerRemote.environmentFile("prod").replace("environment ", "region ")));
        Run run = json();
        assertThat(run.exit()).isZero();
        assertThat(run.lines("unknown"))
                .containsExactly("ledger names of resources: nothing beside it decides `environment` of"
                        + " environments/prod/bastion/terragrunt.hcl, environments/staging/bastion/terragrunt.hcl, so"
                        + " only CI's plan guard sees whether it is the environment's own | write `environment` into"
                        + " each file");
    }

    @Test
    void aBranchThatWasRenamedIsToldWithTheSetting() {
        settings.put("BASTION_LEDGER_BRANCH", "trunk");
        assertThat(json().lines("problem"))
                .anyMatch(line -> line.contains("no rule protects trunk"))
                .anyMatch(line -> line.contains("no such branch") && line.contains("set ledger.branch"));
    }

    /** An app of an older manifest works; a restart forgets who waits. */
    @Test
    void anAppWithoutTheScopeThatFindsWaitsIsAWarningWithTheRemedy() {
        slack.grant("commands,chat:write,channels:history,groups:history,im:write,im:history,users:read");
        Run run = json();
        assertThat(run.lines("problem")).isEmpty();
        assertThat(run.lines("warning"))
                .anyMatch(line -> line.startsWith("Slack scopes")
                        && line.contains("lacks im:read")
                        && line.contains("app/slack-manifest.yaml"));
    }

    @Test
    void aChannelThatIsArchivedIsToldWithTheScopesOfTheManifest() {
        slack.archive();
        Run run = json();
        assertThat(run.lines("problem"))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("Slack channel C0123ABC").contains("is_archived", "unarchive"));
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void aBranchThatNoRuleProtectsIsAProblemWithTheRuleset() {
        ledger.unprotect();
        Run run = json();
        assertThat(run.lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("GitHub")
                        .contains("no rule protects main", "can grant access without approval", "add the ruleset"));
        assertThat(run.exit()).isEqualTo(1);
    }

    /** git says it in the body of a 403, and REST in a message. */
    @Test
    void singleSignOnIsToldWithGithubsWordsForATokenAndIsNoMatterForAnApp() {
        ledger.server().faults().turn(GitHubFault.SAML, true);
        assertThat(json().lines("problem")).isEmpty();

        settings.keySet().removeIf(name -> name.startsWith("BASTION_GITHUB_APP"));
        settings.put("BASTION_GITHUB_TOKEN", LedgerRemote.TOKEN);
        settings.put("BASTION_LEDGER_TOKEN", LedgerRemote.TOKEN);
        assertThat(json().lines("problem"))
                .anyMatch(line -> line.startsWith("GitHub") && line.contains("SAML single sign-on"))
                .anyMatch(line -> line.startsWith("ledger remote: it refuses to be read")
                        && line.contains("has enabled or enforced SAML SSO")
                        && line.contains("SAML single sign-on"));
    }

    @Test
    void wrongSettingsOfOneAreaDoNotHideTheOthers() {
        settings.put("BASTION_SLACK_CHANNEL", "#general");
        settings.remove("BASTION_SLACK_BOT_TOKEN");
        settings.put("BASTION_SLAK_TOKEN", "x");
        slack.refuse("auth.test", "invalid_auth");
        aws.deny("DescribeSecurityGroups", "UnauthorizedOperation");
        aws.deny("DescribeInstanceInformation", "AccessDeniedException");
        Run run = json();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.lines("problem"))
                .anyMatch(line -> line.contains("slack.channel") && line.contains("C0123ABC"))
                .anyMatch(line -> line.contains("slack.bot_token"))
                .anyMatch(line -> line.contains("BASTION_SLAK_TOKEN"))
                .anyMatch(line -> line.startsWith("AWS ec2:DescribeSecurityGroups"))
                .anyMatch(line -> line.startsWith("AWS ssm:DescribeInstanceInformation"))
                .noneMatch(line -> line.startsWith("Slack"));
        assertThat(run.lines("ok")).anyMatch(line -> line.startsWith("GitHub"));
    }

    @Test
    void aRoleThatMayNotListSessionsIsAWarningWithThePermission() {
        aws.deny("DescribeSessions", "AccessDeniedException");
        Run run = json();
        assertThat(run.lines("problem")).isEmpty();
        assertThat(run.lines("warning"))
                .filteredOn(line -> line.startsWith("AWS"))
                .singleElement()
                .asString()
                .contains("ssm:DescribeSessions", "does not record who connected", "bastion-orchestrator");
        assertThat(run.lines("ok")).anyMatch(line -> line.startsWith("AWS ec2:TerminateInstances"));
    }

    @Test
    void settingsThatCannotBeReadAreNotAProblemOfTheInstallation() {
        Run run = doctor("--config", folder.resolve("missing.yaml").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.output()).contains("does not exist", "app/bastion.example.yaml");
        assertThat(doctor("--unknown").exit()).isEqualTo(2);
    }

    @Test
    void eachSystemThatIsDownIsUnknownOnce() {
        slack.down();
        aws.down(true);
        ledger.server().down();
        Run run = json();
        assertThat(run.lines("problem")).isEmpty();
        assertThat(run.lines("unknown"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("Slack Slack: could not be checked"),
                        line -> assertThat(line).startsWith("GitHub GitHub: could not be checked"),
                        line -> assertThat(line).startsWith("ledger the ledger's remote: could not be checked"),
                        line -> assertThat(line).startsWith("AWS AWS: could not be checked"));
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void swappedTokensAreToldAsSuch() {
        settings.put("BASTION_SLACK_APP_TOKEN", "xoxb-1-2-abc");
        settings.put("BASTION_SLACK_BOT_TOKEN", "xapp-1-A0-1-abc");
        assertThat(json().lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("swapped", "exchange"));
    }

    @Test
    void aRevokedTokenAndAConnectionThatIsNotAllowed() {
        slack.refuse("auth.test", "token_revoked");
        slack.refuse("apps.connections.open", "missing_scope");
        assertThat(json().lines("problem"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("token_revoked", "install the app again"),
                        line -> assertThat(line).contains("missing_scope", "connections:write"));
    }

    @Test
    void terminationIsTriedOnABastionAndAnOpenEnvironmentWithoutOneIsAWarning() {
        aws.online("staging", "R1");
        aws.refuseTermination("i-staging", SmallAws.Refusal.FORBIDDEN);
        ledger.push(
                "By hand",
                Map.of(LedgerRemote.path("dev"), ledger.openedByHand("dev", "U1", "john", "2126-01-01T00:00:00Z")));
        Run run = json();
        assertThat(run.lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("TerminateInstances", "ManagedBy=bastion"));
        assertThat(run.lines("warning"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("dev", "123456789012", "check aws.region"));
        assertThat(aws.has("i-staging")).isTrue();
    }

    @Test
    void moreFilesThanCanBeHeldAreNotRead() {
        Map<String, String> large = new HashMap<>();
        IntStream.range(0, 24).forEach(each -> large.put("data/" + each + ".json", each + "x".repeat(1_000_000)));
        ledger.push("Many", large);
        Settings known = SettingsFile.read(Optional.empty(), settings);
        LedgerContent content;
        try (GithubClient github = new GithubClient(ModuleSettings.github(known).orElseThrow())) {
            content = new LedgerReading(
                            ModuleSettings.ledger(known, Optional.of(github)),
                            folder.resolve("many.git"),
                            ModuleSettings.PARSERS)
                    .ifReadable()
                    .orElseThrow();
        }
        assertThat(content.isWhole()).isFalse();
        assertThat(content.files()).containsKey("environments/access-policy.yaml");
        assertThat(content.files().values().stream()
                        .mapToLong(file -> file.length)
                        .sum())
                .isBetween(1_000_000L, 16L * 1024 * 1024);
    }

    @Test
    void aTrustPolicyMadeToTakeLongIsNotJudged() {
        String known = "token.actions.githubusercontent.com AssumeRoleWithWebIdentity\n";
        ledger.push(
                "Slow",
                Map.of(
                        "infra/roles.tf", known + "{".repeat(30_000) + "\"repo:acme/x:*\"\n".repeat(1000),
                        "infra/long.tf", known + "job_workflow_ref.github/workflows/" + "@".repeat(500_000)));
        assertThat(json().lines("unknown")).anyMatch(line -> line.startsWith("CI plan role: its trust policy"));
    }

    @Test
    void aPlanWorkflowOfPullRequestsAndATrustOfEverySubjectAreOpen() {
        ledger.push(
                "Open",
                Map.of(
                        ".github/workflows/plan.yml", PLAN.replace("pull_request_target", "pull_request"),
                        "infra/roles.tf", "# none",
                        "infra/trust.json", """
                        {"Statement": [
                          {"Action": "sts:AssumeRoleWithWebIdentity",
                           "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/infrastructure:*"}}},
                          {"Action": "sts:AssumeRoleWithWebIdentity",
                           "Condition": {"StringEquals": {
                             "token.actions.githubusercontent.com:sub": "repo:acme/infrastructure:pull_request",
                             "token.actions.githubusercontent.com:job_workflow_ref":
                               "acme/infrastructure/.github/workflows/plan.yml@refs/heads/main"}}}]}
                        """));
        assertThat(json().lines("problem"))
                .hasSize(2)
                .anyMatch(line -> line.contains("pull_request, so a pull request brings its own workflow"))
                .anyMatch(line -> line.contains("infra/trust.json:3") && line.contains("job_workflow_ref"));
        ledger.push("Elsewhere", Map.of("infra/trust.json", "{}", ".github/workflows/plan.yml", PLAN));
        Run run = json();
        assertThat(run.lines("unknown"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("cannot be seen from here", "aws iam get-role"));
        assertThat(run.exit()).isZero();
    }

    @Test
    void environmentsWithoutRulesApproversWithoutLoginAndAKeyThatIsNotListed() {
        ledger.push(
                "Gaps",
                Map.of(
                        "environments/access-policy.yaml",
                        LedgerRemote.POLICY.replace("  staging: {}\n", ""),
                        "environments/people.yaml",
                        """
                        people:
                          - {id: U12345678, name: john.doe, github: johndoe}
                          - {id: U23456789, name: jane.roe, github: janeroe}
                          - {id: U34567890, name: max.moe}
                        groups: {platform: [U23456789, U34567890]}
                        """,
                        "environments/allowed_signers",
                        "# nobody\n",
                        ".github/CODEOWNERS",
                        "/.github/ @acme/platform\n"));
        Run run = json();
        assertThat(run.lines("problem"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("environment staging", "unnamed: defaults"),
                        line -> assertThat(line).contains("does not list its public key", "ssh-ed25519 AAAA"));
        assertThat(run.lines("warning"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("approver max.moe", "never counts for prod"),
                        line -> assertThat(line).contains("CODEOWNERS", "@acme/"));
    }

    /** An approver without a GitHub login counts there; without a signing key nobody does. */
    @Test
    void approvalsInSlackNeedASigningKey() {
        ledger.push(
                "Approvals in Slack",
                Map.of(
                        "environments/access-policy.yaml",
                        LedgerRemote.POLICY.replace(
                                "approvals: 1\n", "approvals: 1\n    approve_in: [github, slack]\n"),
                        "environments/people.yaml",
                        """
                        people:
                          - {id: U12345678, name: john.doe, github: johndoe}
                          - {id: U23456789, name: jane.roe}
                        groups: {platform: [U23456789]}
                        """));
        assertThat(json().lines("warning")).noneMatch(line -> line.contains("approver jane.roe"));
        settings.keySet().removeIf(name -> name.startsWith("BASTION_SIGNING"));
        assertThat(json().lines("problem"))
                .anySatisfy(line -> assertThat(line)
                        .contains("approve_in", "refused for prod", "entries are not signed", "signing.key_file"));
    }

    /** The look of the service itself, every ten minutes. docs/runbook.md has the numbers. */
    @ParameterizedTest
    @CsvSource({"true, 16", "false, 10"})
    void aLookOfTheServiceCostsFewCallsOfGithub(boolean isApp, int most) throws IOException {
        try (CountingProxy proxy = new CountingProxy(ledger.server().api())) {
            settings.put("BASTION_GITHUB_API_URL", proxy.address());
            if (!isApp) {
                settings.keySet().removeIf(name -> name.startsWith("BASTION_GITHUB_APP"));
                settings.put("BASTION_GITHUB_TOKEN", LedgerRemote.TOKEN);
            }
            settings.put("BASTION_LEDGER_TOKEN", LedgerRemote.TOKEN);
            SettingsReading reading = SettingsFile.examine(Optional.empty(), settings);
            GithubSettings at =
                    ModuleSettings.github(reading.settings().orElseThrow()).orElseThrow();
            try (GithubClient github = new GithubClient(at)) {
                Diagnosis diagnosis = new InstallationChecks(
                                reading, Optional.of(github), List.of(), true, InstantSource.system())
                        .look(folder.resolve("look.git"));
                assertThat(diagnosis.with(Finding.Status.PROBLEM)).isEmpty();
            }
            assertThat(proxy.calls()).hasSizeBetween(4, most);
        }
        assertThat(folder.resolve("look.git")).doesNotExist();
    }

    @Test
    void credentialsThatAreRefusedAreProblemsAndTheReasonIsSaid() {
        settings.put("BASTION_LEDGER_TOKEN", "ghs_wrong");
        settings.keySet().removeIf(name -> name.startsWith("BASTION_GITHUB_APP"));
        settings.put("BASTION_GITHUB_TOKEN", "ghs_wrong");
        aws.deny("GetCallerIdentity", "ExpiredToken");
        Run run = json();
        assertThat(run.lines("problem"))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("GitHub credentials: GitHub answered 401"),
                        line -> assertThat(line).startsWith("ledger remote: it refuses to be read"),
                        line -> assertThat(line).startsWith("AWS credentials: AWS refuses them: ExpiredToken"));
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void aPrivateKeyThatIsNoneDoesNotEndTheCommand() {
        settings.remove("BASTION_GITHUB_APP_PRIVATE_KEY_FILE");
        settings.put("BASTION_LEDGER_TOKEN", LedgerRemote.TOKEN);
        settings.put("BASTION_GITHUB_APP_ID", "1");
        settings.put("BASTION_GITHUB_APP_INSTALLATION", "2");
        settings.put("BASTION_GITHUB_APP_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\\nMII");
        Run run = json();
        assertThat(run.lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("GitHub").contains("github.app_private_key", "PEM"));
        assertThat(run.lines("ok")).anyMatch(line -> line.startsWith("AWS account"));
    }

    @Test
    void reportsOfAnotherAccountThanTheSettingsSayAreToldAndThoseOfTheRightOneAreOk() {
        ledger.push(
                "bastion(dev): open\n\nBastion-Action: open\nBastion-Environment: dev\n",
                Map.of(LedgerRemote.path("dev"), ledger.openedByHand("dev", "U1", "john", "2126-01-01T00:00:00Z")));
        assertThat(json().lines("ok")).anyMatch(line -> line.contains("may still go on"));
        ledger.postApplied("dev");
        assertThat(json().lines("ok")).anyMatch(line -> line.startsWith("CI reports of CI: CI applied"));
        settings.put("BASTION_GITHUB_CI_LOGIN", "ci-robot");
        assertThat(json().lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("github-actions[bot] reported", "set github.ci_login"));
    }

    @Test
    void aPinThatFitsEveryBranchIsNone() {
        ledger.push("Wide", Map.of("infra/roles.tf", TRUST.replace("plan.yml@refs/heads/main", "plan.yml@*")));
        assertThat(json().lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("CI plan role: infra/roles.tf:7"));
        ledger.push(
                "All",
                Map.of(
                        "infra/roles.tf",
                        TRUST.replace("infrastructure:pull_request", "*").replace("job_workflow_ref", "aud")));
        assertThat(json().lines("problem")).singleElement().asString().contains("repo:acme/*");
    }

    @Test
    void aPolicyThatCannotBeReadIsToldLineByLine() {
        ledger.push(
                "Broken",
                Map.of(
                        "environments/access-policy.yaml",
                        LedgerRemote.POLICY.replace("approvals: 1", "approvals: many")
                                + "  extra: {longest_duration: 900d}\n"));
        assertThat(json().lines("problem"))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("ledger access-policy.yaml:10 environments.prod.break_glass")
                        && line.endsWith("| remove it"))
                .anyMatch(line -> line.startsWith("ledger access-policy.yaml:9 environments.prod.approvals")
                        && line.contains("a whole number"))
                .anyMatch(line -> line.startsWith("ledger access-policy.yaml:11 environments.extra.longest_duration"));
    }

    @Test
    void aRegionThatDoesNotExistIsToldWithoutACall() {
        settings.remove("BASTION_AWS_ENDPOINT");
        settings.put("BASTION_AWS_REGION", "eu-middle-9");
        assertThat(json().lines("problem"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("AWS region: AWS has no region eu-middle-9"));
    }

    @Test
    void whereStsIsNotReachedTheRestOfAwsIsCheckedAllTheSame() {
        aws.deny("GetCallerIdentity", "ServiceUnavailable");
        Run run = json();
        assertThat(run.lines("unknown"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("AWS account: it cannot be seen from here"));
        assertThat(run.lines("ok")).anyMatch(line -> line.startsWith("AWS ec2:DescribeInstances: allowed"));
        assertThat(run.exit()).isZero();
    }
}
