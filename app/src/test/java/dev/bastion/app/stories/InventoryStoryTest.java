package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import dev.bastion.sandbox.slack.conversation.Message;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told of instances and files that no grant explains, and what the service does about them. */
class InventoryStoryTest {
    private static final Map<String, String> HASTE =
            Map.of("BASTION_GRACE_ALARM", "1s", "BASTION_GRACE_TERMINATION", "2s", "BASTION_GRACE_APPLY", "20s");

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private ServiceProcess ready() {
        ServiceProcess service = world.start("bastion", HASTE);
        await().until(service::isReady);
        return service;
    }

    private void awaitInChannel(String... words) {
        await().untilAsserted(() -> assertThat(world.channel())
                .extracting(Message::readable)
                .anySatisfy(text -> assertThat(text).contains(words)));
    }

    private List<String> stages() {
        return world.channel().stream()
                .flatMap(message -> message.versions().stream())
                .map(version -> version.metadata().at("/event_payload/stage").asText())
                .toList();
    }

    @Test
    void aGrantThatEndsWhileCiIsQueuedIsNotGoneBeforeCiHasFinished() {
        ready();
        world.holdCi();
        world.as("john.doe").command("/bastion", "create dev 1h INC-12");
        await().until(() -> world.ledger().count("open") == 1);
        String request = world.lastRequest("dev");
        world.as("john.doe").command("/bastion", "destroy dev");
        world.awaitStage("closing");
        awaitInChannel("CI has not reported");
        world.aws().online("dev", request);
        await().until(() -> stages().contains("lingering"));
        assertThat(stages()).doesNotContain("gone");
        world.releaseCi();
        world.awaitStage("gone");
        assertThat(world.aws().has("i-dev")).isFalse();
    }

    @Test
    void aStrangersInstanceIsAnAlarmAndIsNotTouched() {
        ServiceProcess service = ready();
        world.aws().put("i-stranger", Map.of("ManagedBy", "bastion", "Environment", "elsewhere"), "");
        awaitInChannel("i-stranger", "has no grant", "I do not terminate it");
        world.aws().putGroup("sg-dev", "dev");
        world.aws().put("i-naked", Map.of(), "sg-dev");
        awaitInChannel("i-naked", "has a bastion's security group");
        world.as("john.doe").command("/bastion", "status");
        await().until(() -> world.ephemeralsTo("john.doe").contains("i-stranger"));
        assertThat(world.aws().has("i-stranger")).isTrue();
        assertThat(service.ask("/metrics")).contains("bastion_alarms_total{alarm=\"instance_unexplained\"} 2.0");
        assertThat(world.channel()).hasSize(2);
    }

    @Test
    void anInstanceOfThisLedgerWithoutAGrantIsTerminated() {
        ready();
        world.aws()
                .put("i-late", Map.of("ManagedBy", "bastion", "Environment", "dev", "Ledger", world.ledgerName()), "");
        awaitInChannel("i-late", "belongs to this ledger");
        await().until(() -> !world.aws().has("i-late"));
        awaitInChannel("i-late", "is terminated");
    }

    @Test
    void aGrantWhoseFileCannotBeReadIsAnAlarmAtOnceAndEndsInTime() {
        ServiceProcess service = ready();
        world.as("john.doe").command("/bastion", "create dev 1m INC-12");
        world.awaitStage("ready");
        String broken = world.ledger().file("dev").replaceAll("(expires_at *= )\"[^\"]*\"", "$1\"2026-11-26 23:00\"");
        world.ledger().push("Only a little longer", Map.of(LedgerRemote.path("dev"), broken));
        awaitInChannel("*dev* may be open, but its file cannot be read", "expires_at is not a time");
        world.awaitStage("unreadable");
        assertThat(service.ask("/readyz")).contains("expires_at is not a time");
        assertThat(service.ask("/metrics")).contains("bastion_alarms_total{alarm=\"environment_unreadable\"} 1.0");
        await().until(() -> world.ledger().count("expire") == 1);
        world.awaitStage("gone");
    }

    @Test
    void aGrantWhoseFileIsRemovedEndsByTermination() {
        ready();
        world.as("john.doe").command("/bastion", "create dev 1m INC-12");
        world.awaitStage("ready");
        world.holdCi();
        world.ledger().remove("Tidied up", LedgerRemote.path("dev"));
        awaitInChannel("*dev* may be open, but its file cannot be read", "the file is missing");
        assertThat(world.aws().has("i-dev")).isTrue();
        Awaitility.await().until(() -> !world.aws().has("i-dev"));
        awaitInChannel("*dev* has expired", "I terminate its bastion");
    }
}
