package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts while the ledger's remote does not answer. */
class OfflineStartStoryTest {
    private static final String ALARM = "The ledger cannot be read";

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void theCloneOnDiskServesUntilTheRemoteIsBack() {
        ServiceProcess first = world.ready("bastion");
        world.as("john.doe").command("/bastion", "create dev 25s INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
        first.kill();
        world.ledger().server().down();

        ServiceProcess second = world.start("bastion");
        awaitConnection(second);
        assertThat(second.ask("/healthz")).isEqualTo("200 alive\n");
        assertThat(second.ask("/readyz")).startsWith("503 ").contains("FAIL ledger");
        await().untilAsserted(() -> assertThat(second.log()).anyMatch(line -> line.contains("ledger.unreachable")));
        world.as("john.doe").command("/bastion", "create staging 1h INC-13");
        await().until(() -> !world.slack().ephemerals("john.doe").isEmpty());
        await().until(() -> world.ledger().secondsSinceTheEndOf("dev") > 5);
        await().until(() -> alarms() == 1);
        assertThat(world.ledger().count("expire")).isZero();
        assertThat(world.ledger().isOpen("staging")).isFalse();

        world.ledger().server().up();
        await().until(() -> world.ledger().count("expire") == 1);
        await().until(second::isReady);
        await().untilAsserted(() -> assertThat(world.channel())
                .anyMatch(message -> message.readable().contains("The ledger can be read again")));
        world.awaitStage("gone");
        assertThat(alarms()).isEqualTo(1);
    }

    @Test
    void aRemoteThatStaysSilentKeepsNothingWaiting() {
        world.ready("bastion").kill();
        world.ledger().server().github().faults().slow(Duration.ofMinutes(5));
        ServiceProcess second = world.start("bastion");
        awaitConnection(second);
        await("the clone serves")
                .until(() -> !second.ask("/readyz").contains("has not been read since the service started"));
        await().until(() -> alarms() == 1);
        assertThat(second.ask("/healthz")).isEqualTo("200 alive\n");
        assertThat(second.ask("/readyz")).contains("FAIL ledger");
    }

    @Test
    void aFreshMachineAnswersPeopleBeforeTheFirstRead() {
        world.ledger().server().down();
        ServiceProcess service = world.start("bastion");
        awaitConnection(service);
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().untilAsserted(() -> assertThat(world.ephemeralsTo("john.doe"))
                .contains("not been able to read the ledger since I started", "nothing was opened"));
        world.as("john.doe").command("/bastion", "status");
        await().until(() -> world.slack().ephemerals("john.doe").size() == 2);
        await().until(() -> alarms() == 1);
        assertThat(service.ask("/readyz")).startsWith("503 ").contains("FAIL ledger");
        assertThat(service.ask("/healthz")).isEqualTo("200 alive\n");

        world.ledger().server().up();
        await().until(service::isReady);
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
    }

    @Test
    void aPolicyThatNeverWasValidEndsAFreshServiceOnceItIsRead() {
        world.ledger().server().down();
        world.ledger().push("A policy", Map.of("other/access-policy.yaml", "defaults: {default_duraton: 1h}\n"));
        ServiceProcess service = world.start("bastion", Map.of("BASTION_LEDGER_ENVIRONMENTS", "other"));
        awaitConnection(service);
        world.ledger().server().up();
        await().until(() -> !service.isAlive());
        assertThat(service.exitCode()).isEqualTo(2);
        assertThat(service.log()).anyMatch(line -> line.contains("invalid access policy"));
    }

    /** Slack may still count the connection of a killed process, so the service's own word counts. */
    private static void awaitConnection(ServiceProcess service) {
        await("a connection to Slack").until(() -> service.ask("/readyz").contains("ok   slack"));
    }

    private long alarms() {
        return world.channel().stream()
                .filter(message -> message.readable().contains(ALARM))
                .count();
    }
}
