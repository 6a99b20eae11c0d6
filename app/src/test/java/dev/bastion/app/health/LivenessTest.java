package dev.bastion.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When the platform is to restart the service, and when it is not. */
class LivenessTest {
    private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");

    private final AtomicBoolean scheduled = new AtomicBoolean(true);
    private Instant now = START;
    private Instant finished = Instant.EPOCH;
    private final Liveness liveness = new Liveness(Thread.currentThread(), Duration.ofMinutes(5), () -> now);

    private List<String> failed(Liveness of) {
        return of.conditions().stream()
                .filter(condition -> !condition.holds())
                .map(HealthCondition::lines)
                .toList();
    }

    private List<String> failed() {
        return failed(liveness);
    }

    @Test
    void aServiceThatWaitsForItsRemoteAtItsStartIsAlive() {
        now = START.plus(Duration.ofDays(3));
        assertThat(failed()).isEmpty();
    }

    @Test
    void aPassThatDoesNotFinishForMinutesFailsWithTheReason() {
        liveness.require(scheduled::get, () -> finished);
        now = START.plus(Duration.ofMinutes(5));
        assertThat(failed()).isEmpty();
        now = now.plusSeconds(1);
        assertThat(failed())
                .containsExactly(
                        "FAIL reconcile\n     no pass has finished for 301 s, longer than schedule.stuck_after,"
                                + " 300 s\n");
        finished = now.minusSeconds(299);
        assertThat(failed()).isEmpty();
    }

    @Test
    void aSchedulerThatHasStoppedFails() {
        liveness.require(scheduled::get, () -> now);
        scheduled.set(false);
        assertThat(failed()).containsExactly("FAIL scheduler\n     the scheduler has stopped\n");
    }

    @Test
    void aMainThreadThatHasEndedFails() throws InterruptedException {
        Thread main = new Thread(() -> {});
        main.start();
        main.join();
        assertThat(failed(new Liveness(main, Duration.ofMinutes(5), () -> now)))
                .containsExactly("FAIL main\n     the thread that runs the service has ended\n");
    }
}
