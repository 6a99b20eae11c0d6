package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.ServiceProcess;
import dev.bastion.app.world.ServiceWorld;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the platform that runs the service is told of its health. */
class HealthStoryTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ServiceWorld world = new ServiceWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void anOutageOfEverythingOutsideIsNoReasonToRestart() {
        ServiceProcess service = world.ready("bastion");
        world.ledger().server().github().faults().down();
        world.aws().down(true);
        await().atMost(LONG).until(() -> service.ask("/readyz").contains("pull requests: "));
        await().atMost(LONG).until(() -> service.ask("/readyz").contains("ledger: "));
        assertThat(service.ask("/healthz")).isEqualTo("200 alive\n");
    }

    /** A pass every second is too rare for this setting, so the process counts as stuck from time to time. */
    @Test
    void aServiceWhosePassesDoNotFinishInTimeIsToBeRestarted() {
        ServiceProcess service = world.start("bastion", Map.of("BASTION_SCHEDULE_STUCK_AFTER", "1s"));
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> service.ask("/healthz").startsWith("503 "));
        assertThat(service.isAlive()).isTrue();
    }
}
