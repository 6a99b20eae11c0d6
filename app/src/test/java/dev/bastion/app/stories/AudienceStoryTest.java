package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.PagerdutyServer;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.github.GitHub;
import dev.bastion.sandbox.github.account.GitHubApp;
import dev.bastion.sandbox.github.account.Permissions;
import dev.bastion.sandbox.github.fault.GitHubFault;
import dev.bastion.sandbox.world.SigningKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that names a GitHub team, a Slack user group and a PagerDuty schedule, with the service as a process. */
class AudienceStoryTest {
    private static final String POLICY = """
        defaults:
          default_duration: 2h
          warn_before_end: 3s
          approvers: [group:platform]
        environments:
          dev: {}
          staging:
            may_request: ["github-team:acme/dev"]
          prod:
            approvals: 1
            approvers: [oncall:PABC123]
            break_glass: {allowed: ["slack-group:S0123ABC"], longest_duration: 30m}
        """;
    private static final String PEOPLE = """
        people:
          - {id: U12345678, name: john.doe, github: johndoe}
          - {id: U23456789, name: jane.roe, github: janeroe, pagerduty: PJANE1}
          - {id: U34567890, name: max.mustermann, github: maxm, pagerduty: PMAX1}
        groups: {platform: [U23456789]}
        """;

    @TempDir
    private Path folder;

    private final ServiceWorld world = new ServiceWorld();
    private final PagerdutyServer pagerduty = new PagerdutyServer();
    private ServiceProcess service;

    private GitHub github() {
        return world.ledger().server().github();
    }

    @BeforeEach
    void start() {
        GitHubApp app = world.ledger().app().app();
        github().register(new GitHubApp(
                app.id(),
                app.clientId(),
                app.key(),
                app.installation(),
                app.account(),
                app.permissions().with("members", Permissions.Level.READ)));
        github().teams().put("acme/dev");
        github().teams().putBelow("acme/dev", "acme/dev-orders", "johndoe");
        world.slack().userGroups().put("S0123ABC", "U12345678");
        pagerduty.onCall("PABC123", "PJANE1");
        world.ledger()
                .push(
                        "external audiences",
                        Map.of("environments/access-policy.yaml", POLICY, "environments/people.yaml", PEOPLE));
        service = world.start(
                "bastion",
                Map.of(
                        "BASTION_SIGNING_KEY_FILE",
                        SigningKey.in(folder).file().toString(),
                        "BASTION_PAGERDUTY_API_URL",
                        pagerduty.url(),
                        "BASTION_PAGERDUTY_TOKEN",
                        PagerdutyServer.TOKEN));
        await("the service is ready").until(service::isReady);
        await("every audience has an answer")
                .until(() -> !service.ask("/readyz").contains("PABC123")
                        && !service.ask("/readyz").contains("acme/dev")
                        && !pagerduty.queries().isEmpty());
    }

    @AfterEach
    void stop() {
        world.close();
        pagerduty.close();
    }

    private void awaitNextShift(String user) {
        pagerduty.onCall("PABC123", user);
        int before = pagerduty.queries().size();
        await("PagerDuty was asked again").until(() -> pagerduty.queries().size() >= before + 2);
    }

    private int asked(String reason) {
        world.as("john.doe").command("/bastion", "create prod 1h " + reason);
        await().until(() -> world.openPullRequest().isPresent());
        return world.openPullRequest().orElseThrow().number();
    }

    private String channel() {
        return String.join(
                "\n",
                world.channel().stream().map(message -> message.readable()).toList());
    }

    @Test
    void onlyWhoIsOnCallNowApproves() {
        world.at("janeroe").approve(asked("INC-1 slow query"), "on call");
        await().until(() -> world.ledger().isOpen("prod"));
        await().untilAsserted(() -> assertThat(world.ledger().lastMessage("start"))
                .contains("Audience-Member: jane.roe <U23456789> in oncall:PABC123 as PJANE1 at "));
        world.as("john.doe").command("/bastion", "destroy prod");
        await().until(() -> !world.ledger().isOpen("prod"));
        awaitNextShift("PMAX1");
        int second = asked("INC-2 slow query");
        world.at("janeroe").approve(second, "not on call any more");
        await().untilAsserted(
                        () -> assertThat(channel()).contains("approved, but is not an approver", "oncall:PABC123"));
        assertThat(world.ledger().isOpen("prod")).isFalse();
        awaitNextShift("PJANE1");
        await("she is on call again").until(() -> world.ledger().isOpen("prod"));
    }

    @Test
    void aSystemThatDoesNotAnswerAllowsNothingAndHoldsNoEndUp() {
        world.as("john.doe").command("/bastion", "create staging 1h INC-3 look");
        await().until(() -> world.ledger().isOpen("staging"));
        assertThat(world.ledger().lastMessage("open"))
                .contains("Audience-Member: john.doe <U12345678> in github-team:acme/dev as johndoe at ");
        world.as("john.doe").command("/bastion", "destroy staging");
        await().until(() -> !world.ledger().isOpen("staging"));
        github().faults().turn(GitHubFault.TEAMS_DOWN, true);
        world.as("john.doe").command("/bastion", "create dev 100s INC-4 beside it");
        await().until(() -> world.ledger().isOpen("dev"));
        await("the last answer is too old").until(() -> service.ask("/readyz").contains("github-team:acme/dev"));
        world.as("john.doe").command("/bastion", "create staging 1h INC-5 look again");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe"))
                .contains(
                        "GitHub does not answer who is in",
                        "so nothing was opened. Request it again once GitHub answers."));
        assertThat(world.ledger().isOpen("staging")).isFalse();
        await("dev ends").until(() -> !world.ledger().isOpen("dev"));
        assertThat(world.ledger().latenessOfTheLastExpiry()).isLessThan(ServiceWorld.LATE);
        github().faults().turn(GitHubFault.TEAMS_DOWN, false);
        await("GitHub answers again").until(() -> !service.ask("/readyz").contains("github-team:acme/dev"));
        github().teams().delete("acme/dev");
        await("the team is gone").until(() -> service.ask("/readyz").contains("Members: read"));
    }
}
