package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Outages, crashes and duplicates in the middle of a grant. */
class HardTimesTest {
    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aServiceStartedAfterTheEndExpiresTheGrant() {
        ServiceProcess first = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 40s INC-12");
        world.awaitStage("ready");
        await().until(() -> world.slack().dms("john.doe").size() == 1);
        first.kill();
        await().until(() -> world.ledger().secondsSinceTheEndOf("dev") > 0);
        assertThat(world.ledger().isOpen("dev")).isTrue();

        world.start("bastion");
        world.awaitStage("gone");
        assertThat(world.channel()).hasSize(1);
        assertThat(world.ledger().count("open")).isEqualTo(1);
        assertThat(world.ledger().count("expire")).isEqualTo(1);
        assertThat(world.slack().dms("john.doe"))
                .as("ready, and over: each once")
                .extracting(Message::readable)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void aServiceKilledBeforeTheMessageShowsItAfterARestart() {
        ServiceProcess first = world.ready("bastion");
        world.slack().faults().fail("chat.update", new ApiFailure.Refused("internal_error"));
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        first.kill();
        assertThat(world.channel()).hasSize(1);
        world.slack().faults().clear();

        world.ready("bastion");
        world.awaitStage("ready");
        assertThat(world.channel()).hasSize(1);
        assertThat(world.ledger().count("open")).isEqualTo(1);
    }

    @Test
    void anExpiryDuringAGitOutageIsRetried() {
        ServiceProcess service = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 20s INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        world.ledger().server().down();
        await().until(() -> service.log().stream().anyMatch(line -> line.contains("grant.overdue")));
        assertThat(world.ledger().count("expire")).isZero();
        world.ledger().server().up();
        await().until(() -> world.ledger().count("expire") == 1);
        world.awaitStage("gone");
    }

    @Test
    void theServiceStartsDuringAGitOutageAndBecomesReady() {
        world.ledger().server().down();
        ServiceProcess service = world.start("bastion");
        await().until(() -> service.ask("/readyz").contains("FAIL ledger"));
        assertThat(service.ask("/healthz")).startsWith("200");
        world.ledger().server().up();
        await().until(service::isReady);
    }

    @Test
    void refusedSlackConnectionsAreRetried() {
        world.slack().faults().fail("apps.connections.open", new ApiFailure.Refused("internal_error"), 2);
        world.ready("bastion");
        world.slack().faults().fail("apps.connections.open", new ApiFailure.Refused("internal_error"), 1);
        world.slack().cutSockets();
        await().until(() -> world.slack().connections() > 0);
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().count("open") == 1);
    }

    @Test
    void aGrantExpiresDuringASlackOutage() {
        world.ready("bastion");
        for (String method : List.of("chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.open")) {
            world.slack().faults().fail(method, new ApiFailure.Refused("internal_error"));
        }
        world.as("john.doe").command("/bastion", "create dev 5s INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        await().until(() -> world.ledger().count("expire") == 1);
        world.slack().faults().clear();
        world.awaitStage("gone");
        assertThat(world.channel()).hasSize(1);
    }

    @Test
    void aRevokedSlackTokenFailsReadinessAndAGrantStillExpires() {
        ServiceProcess service = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 15s INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        for (String method : List.of(
                "auth.test",
                "users.info",
                "chat.postMessage",
                "chat.update",
                "chat.postEphemeral",
                "conversations.open",
                "conversations.history")) {
            world.slack().faults().fail(method, new ApiFailure.Refused("token_revoked"));
        }
        await().untilAsserted(() -> assertThat(service.ask("/readyz"))
                .startsWith("503 ")
                .contains("FAIL slack\n     bot token: ")
                .contains("install the app again"));
        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(service.log().stream().filter(line -> line.contains("slack.setup.refused")))
                .hasSize(1);
    }

    @Test
    void anEnvelopeDeliveredThreeTimesMakesOneCommit() {
        world.ready("bastion");
        world.slack().faults().deliverEach(3);
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        world.awaitStage("ready");
        world.as("john.doe").command("/bastion", "extend dev 1h");
        await().until(() -> world.ledger().count("extend") >= 1);
        world.as("john.doe").command("/bastion", "destroy dev");
        await().until(() -> world.ledger().count("end") == 1);
        assertThat(world.ledger().count("open")).isEqualTo(1);
        assertThat(world.ledger().count("extend")).isEqualTo(1);
        assertThat(world.channel()).hasSize(1);
    }

    @Test
    void concurrentRequestsThroughTwoServicesOpenOneGrant() {
        world.ready("one");
        world.ready("two");
        world.as("john.doe").command("/bastion", "create dev 1h mine");
        world.as("jane.roe").command("/bastion", "create dev 1h no, mine");
        await().until(() -> world.ledger().isOpen("dev"));
        await().until(() ->
                (world.ephemeralsTo("john.doe") + world.ephemeralsTo("jane.roe")).contains("already open for"));
        assertThat(world.ledger().count("open")).isEqualTo(1);
        world.awaitStage("ready");
    }

    @Test
    void manualGrantsExpireAndAnInvalidPolicyStopsNothing() {
        ServiceProcess service = world.ready("bastion");
        String closed = world.ledger().file("dev");
        String open = world.ledger().openedByHand("dev", "U23456789", "jane.roe", "2026-01-15T12:30:00Z");
        world.ledger().push("Opened by hand, Slack was down", Map.of(LedgerRemote.path("dev"), open));
        await().until(() -> world.ledger().count("expire") == 1);
        assertThat(world.ledger().file("dev")).isEqualToNormalizingWhitespace(closed);

        world.ledger().push("A typo", Map.of("environments/access-policy.yaml", "defaults: {default_duraton: 1h}\n"));
        await().until(() ->
                world.channel().stream().anyMatch(message -> message.readable().contains("default_duraton")));
        world.as("john.doe").command("/bastion", "create staging 1h still works");
        await().until(() -> world.ledger().isOpen("staging"));
        assertThat(service.isAlive()).isTrue();
    }

    @Test
    void anInvalidPolicyAtTheStartLeavesTheLastValidOneInForce() {
        world.ledger()
                .push(
                        "Two typos",
                        Map.of(
                                "environments/access-policy.yaml",
                                "defaults: {default_duraton: 1h}\nenvironment: {}\n"));
        ServiceProcess service = world.start("bastion");
        await().until(service::isReady);
        await().until(() -> world.channel().stream()
                .anyMatch(message -> message.readable().contains("defaults.default_duraton: is not a known key")
                        && message.readable().contains("environment: is not a known key")));
        world.as("john.doe").command("/bastion", "create staging 1h still works");
        await().until(() -> world.ledger().isOpen("staging"));
    }
}
