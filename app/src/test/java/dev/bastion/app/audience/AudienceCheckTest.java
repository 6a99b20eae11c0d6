package dev.bastion.app.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.PagerdutyServer;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of external audiences, against a GitHub, a Slack and a PagerDuty over HTTP. */
class AudienceCheckTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path folder;

    private final SlackServer slack = SlackServer.start(Path.of("../app/slack-manifest.yaml"));
    private final PagerdutyServer pagerduty = new PagerdutyServer();
    private LedgerRemote ledger;
    private String token = PagerdutyServer.TOKEN;

    @BeforeEach
    void start() {
        ledger = new LedgerRemote(folder);
        ledger.server().github().teams().put("acme/dba", "janeroe", "johndoe");
        slack.workspace().userGroups().put("S0123ABC", "U23456789");
        pagerduty.onCall("PABC123", "PJANE1");
    }

    @AfterEach
    void stop() {
        ledger.close();
        slack.close();
        pagerduty.close();
    }

    private void giveMembersRead() {
        GitHubApp app = ledger.app().app();
        ledger.server()
                .github()
                .register(new GitHubApp(
                        app.id(),
                        app.clientId(),
                        app.key(),
                        app.installation(),
                        app.account(),
                        app.permissions().with("members", Permissions.Level.READ)));
    }

    private AudienceSystems systems() {
        Settings settings = SettingsFile.examine(
                        Optional.empty(),
                        Map.of(
                                "BASTION_PAGERDUTY_API_URL",
                                pagerduty.url(),
                                token.isEmpty() ? "BASTION_LOG_FORMAT" : "BASTION_PAGERDUTY_TOKEN",
                                token.isEmpty() ? "text" : token))
                .settings()
                .orElseThrow();
        SlackSettings at = new SlackSettings(
                slack.workspace().tokens().app(),
                slack.workspace().tokens().bot(),
                SlackWorkspace.CHANNEL,
                slack.apiUrl(),
                Optional.empty());
        return AudienceSystems.of(settings, Optional.of(github()), new SlackClient(at, CLOCK), true, CLOCK);
    }

    private GithubClient github() {
        try {
            return new GithubClient(new GithubSettings(
                    URI.create(ledger.server().api()),
                    "acme/infrastructure",
                    new GithubCredentials.App(
                            ledger.app().id(),
                            Files.readString(ledger.app().keyFile()),
                            Long.parseLong(ledger.app().installation())),
                    Duration.ofSeconds(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AccessPolicy policy(String audience) {
        return new PolicyFiles()
                .read(new PolicyDocuments(
                        Optional.of(("environments: {dev: {may_request: [\"" + audience + "\"]}}")
                                .getBytes(StandardCharsets.UTF_8)),
                        Optional.of("people: [{id: U23456789, name: jane.roe, github: janeroe}]"
                                .getBytes(StandardCharsets.UTF_8)),
                        Optional.empty()));
    }

    private Finding finding(String audience) {
        return finding(audience, true);
    }

    private Finding finding(String audience, boolean isSigned) {
        Findings found = new Findings();
        new AudienceCheck(() -> Optional.of(policy(audience)), this::systems, isSigned).examine(found);
        assertThat(found.all()).hasSize(1);
        return found.all().getFirst();
    }

    @Test
    void eachAudienceIsAskedOnce() {
        giveMembersRead();
        assertThat(finding("github-team:acme/dba"))
                .isEqualTo(Finding.ok(Area.GITHUB, "audience github-team:acme/dba", "it has 2 members"));
        assertThat(finding("slack-group:S0123ABC").meaning()).isEqualTo("it has 1 member");
        assertThat(finding("oncall:PABC123").meaning()).isEqualTo("it has 1 member");
    }

    @Test
    void anAppWithoutThePermissionIsAProblemWithTheSetting() {
        assertThat(finding("github-team:acme/dba")).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(Finding.Status.PROBLEM);
            assertThat(problem.meaning()).contains("403");
            assertThat(problem.remedy()).contains("Members: read", "acme/dba");
        });
    }

    @Test
    void aTeamThatIsGoneIsAProblemAndOneThatDoesNotAnswerIsNot() {
        giveMembersRead();
        assertThat(finding("github-team:acme/gone").status()).isEqualTo(Finding.Status.PROBLEM);
        ledger.server().github().faults().turn(GitHubFault.TEAMS_DOWN, true);
        assertThat(finding("github-team:acme/dba").status()).isEqualTo(Finding.Status.UNKNOWN);
    }

    @Test
    void aDisabledOrUnknownUserGroupIsAProblem() {
        slack.workspace().userGroups().disable("S0123ABC");
        assertThat(finding("slack-group:S0123ABC")).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(Finding.Status.PROBLEM);
            assertThat(problem.remedy()).contains("not disabled");
        });
        assertThat(finding("slack-group:S0NOBODY").status()).isEqualTo(Finding.Status.PROBLEM);
    }

    @Test
    void aScheduleWithoutATokenIsAProblemAndOneWithoutAShiftAWarning() {
        assertThat(finding("oncall:PEMPTY1")).satisfies(empty -> {
            assertThat(empty.status()).isEqualTo(Finding.Status.WARNING);
            assertThat(empty.remedy()).contains("escalation policy");
        });
        token = "";
        assertThat(finding("oncall:PABC123")).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(Finding.Status.PROBLEM);
            assertThat(problem.remedy()).contains("pagerduty.token");
        });
    }

    @Test
    void withoutSignaturesNothingIsAsked() {
        assertThat(finding("oncall:PABC123", false)).satisfies(problem -> {
            assertThat(problem.status()).isEqualTo(Finding.Status.PROBLEM);
            assertThat(problem.remedy()).contains("signing.key_file");
        });
        assertThat(pagerduty.queries()).isEmpty();
    }

    @Test
    void aPolicyThatNamesNoneIsNoFinding() {
        Findings found = new Findings();
        new AudienceCheck(
                        () -> Optional.of(policy("U23456789")),
                        () -> {
                            throw new AssertionError("nothing is to be asked");
                        },
                        true)
                .examine(found);
        new AudienceCheck(Optional::empty, this::systems, true).examine(found);
        assertThat(found.all()).isEmpty();
    }
}
