package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.hostile.HostileLedger;
import dev.bastion.app.hostile.HostileLedgers;
import dev.bastion.app.world.HostileWriter;
import dev.bastion.app.world.LedgerRemote;
import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One hostile ledger of each kind, one after the other in the same repository, against one service as a process. */
class HostileLedgerStoryTest {
    private final ServiceWorld world = new ServiceWorld();
    private final HostileWriter writer = new HostileWriter(world.ledger(), InstantSource.system());

    @AfterEach
    void stop() {
        world.close();
    }

    private void aGrantEndsInTimeBeside(String... names) {
        String before = world.ledger().file("dev");
        world.as("john.doe").command("/bastion", "create dev 8s INC-12");
        await().until(() -> world.ledger().isOpen("dev"));
        Instant end = Instant.now().minusSeconds(world.ledger().secondsSinceTheEndOf("dev"));
        Stream.of(names)
                .map(HostileLedgerStoryTest::named)
                .forEach(hostile -> hostile.attack().accept(writer));
        await().pollInterval(Duration.ofMillis(200)).until(() -> !world.ledger().isOpen("dev"));
        assertThat(Instant.now()).isBefore(end.plus(ServiceWorld.LATE));
        assertThat(world.ledger().file("dev")).isEqualTo(before);
    }

    private static HostileLedger named(String name) {
        return Stream.of(
                        HostileLedgers.lookalikes(),
                        HostileLedgers.unreadable(),
                        HostileLedgers.typesAndSizes(),
                        HostileLedgers.configuration(),
                        HostileLedgers.commits(),
                        HostileLedgers.messages(),
                        HostileLedgers.historiesAndRefs())
                .flatMap(kind -> kind)
                .filter(hostile -> hostile.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long said(String... words) {
        return world.channel().stream()
                .filter(message -> Stream.of(words).allMatch(message.readable()::contains))
                .count();
    }

    private void awaitSaidOnce(String... words) {
        await("said: " + List.of(words)).until(() -> said(words) > 0);
        assertThat(said(words)).isEqualTo(1);
    }

    @Test
    void grantsEndInTimeAndEachAlarmComesOnce() {
        ServiceProcess service = world.ready("bastion");
        String prod = world.ledger().file("prod");
        aGrantEndsInTimeBeside("160000 at environments/access-policy.yaml", "upper case");
        awaitSaidOnce("The access policy in commit");
        aGrantEndsInTimeBeside("far year", "20,000 files");
        awaitSaidOnce("*prod* may be open, but its file cannot be read");
        assertThat(service.ask("/readyz")).contains("prod may be open, but cannot be read");
        writer.commit("Corrected", HostileWriter.Change.file(LedgerRemote.path("prod"), prod));
        aGrantEndsInTimeBeside("forged expire Ended-At: 2026-11-01T00:00:00Z", "2,000 tags");
        aGrantEndsInTimeBeside("half an address", "a branch like a proposal's");
        await().until(() -> said("*prod*", "is open", "against the policy") == 2);
        writer.commit("Corrected", HostileWriter.Change.file(LedgerRemote.path("prod"), prod));
        aGrantEndsInTimeBeside("all in one commit without a parent");
        awaitSaidOnce("The history of the ledger was rewritten");
        assertThat(said("*prod*", "against the policy"))
                .as("one for each of the two commits that left it open, edited since it is closed")
                .isEqualTo(2);
        assertThat(service.isReady()).isTrue();
        assertThat(service.ask("/metrics"))
                .contains("bastion_alarms_total{alarm=\"policy_broken\"} 1.0")
                .contains("bastion_alarms_total{alarm=\"environment_unreadable\"} 1.0")
                .contains("bastion_alarms_total{alarm=\"history_rewritten\"} 1.0");
        assertThat(service.log()).noneMatch(line -> line.contains("reconcile.step.failed"));
    }
}
