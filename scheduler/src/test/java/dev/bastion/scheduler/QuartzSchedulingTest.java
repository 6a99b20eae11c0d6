package dev.bastion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.ExpiryTimer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuartzSchedulingTest {
    private final InstantSource clock = InstantSource.system();
    private final Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    private final ConcurrentLinkedQueue<Grant> ended = new ConcurrentLinkedQueue<>();
    private final QuartzScheduling scheduling = new QuartzScheduling(clock, Duration.ofSeconds(1));

    @BeforeEach
    void start() {
        scheduling.start();
    }

    @AfterEach
    void stop() {
        scheduling.close();
    }

    @Test
    void callsBackAtTheEndAndNotBefore() {
        ConcurrentLinkedQueue<Instant> at = new ConcurrentLinkedQueue<>();
        ExpiryTimer timer = scheduling.expiryTimer(_ -> at.add(clock.instant()));
        Grant grant = grant("dev", now.plusSeconds(2));
        timer.arm(grant);
        await().until(() -> !at.isEmpty());
        assertThat(at.peek()).isAfter(grant.expiresAt().minusMillis(5));
    }

    @Test
    void anOverdueGrantIsCalledBackImmediately() {
        scheduling.expiryTimer(ended::add).arm(grant("dev", now.minusSeconds(3600)));
        await().until(() -> ended.size() == 1);
    }

    @Test
    void theLastArmedEndCounts() {
        ExpiryTimer timer = scheduling.expiryTimer(ended::add);
        timer.arm(grant("dev", now.plusSeconds(3600)));
        Grant shorter = grant("dev", now.plusSeconds(1));
        timer.arm(shorter);
        timer.arm(shorter);
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(shorter);
    }

    @Test
    void theLastEndThatTheLedgerHoldsIsArmedBesideOthers() {
        ExpiryTimer timer = scheduling.expiryTimer(ended::add);
        timer.arm(grant("prod", Instant.parse("9999-12-31T23:59:59Z")));
        Grant soon = grant("dev", now.plusSeconds(1));
        timer.arm(soon);
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(soon);
    }

    @Test
    void aDisarmedTimerDoesNotFire() {
        ExpiryTimer timer = scheduling.expiryTimer(ended::add);
        timer.arm(grant("dev", now.plusSeconds(5)));
        timer.disarm(new EnvironmentName("dev"));
        Grant marker = grant("staging", now.plusSeconds(6));
        timer.arm(marker);
        await().until(() -> !ended.isEmpty());
        assertThat(ended).containsExactly(marker);
    }

    @Test
    void aCallbackThatThrowsIsRetried() {
        AtomicInteger calls = new AtomicInteger();
        ExpiryTimer timer = scheduling.expiryTimer(grant -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException("git is down");
            }
            ended.add(grant);
        });
        timer.arm(grant("dev", now));
        await().until(() -> ended.size() == 1);
        assertThat(calls).hasValue(3);
    }

    @Test
    void aCallbackMayArmTheSameGrantAgain() {
        ConcurrentLinkedQueue<ExpiryTimer> self = new ConcurrentLinkedQueue<>();
        AtomicInteger calls = new AtomicInteger();
        ExpiryTimer timer = scheduling.expiryTimer(grant -> {
            if (calls.incrementAndGet() == 1) {
                self.element().arm(grant);
            } else {
                ended.add(grant);
            }
        });
        self.add(timer);
        timer.arm(grant("dev", now));
        await().until(() -> ended.size() == 1);
    }

    @Test
    void aThousandEndsRunConcurrently() {
        CountDownLatch all = new CountDownLatch(1000);
        ExpiryTimer timer = scheduling.expiryTimer(_ -> {
            all.countDown();
            waitFor(all);
        });
        IntStream.range(0, 1000).forEach(i -> timer.arm(grant("e" + i, now)));
        await().until(() -> all.getCount() == 0);
    }

    @Test
    void aRecurringTaskStartsImmediatelyAndNeverOverlaps() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger maximum = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        scheduling.every(Duration.ofMillis(20), "sweep", () -> {
            maximum.accumulateAndGet(inside.incrementAndGet(), Math::max);
            CountDownLatch pause = new CountDownLatch(1);
            scheduling.every(Duration.ofHours(1), "other-" + runs.get(), pause::countDown);
            waitFor(pause); // for ever, when the test ends first: closing interrupts it
            inside.decrementAndGet();
            runs.incrementAndGet();
        });
        await().until(() -> runs.get() >= 3);
        assertThat(maximum).hasValue(1);
    }

    @Test
    void aRecurringTaskThatThrowsIsRetriedBeforeItsInterval() {
        AtomicInteger runs = new AtomicInteger();
        scheduling.every(Duration.ofHours(1), "sweep", () -> {
            if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("git is down");
            }
        });
        await().until(() -> runs.get() == 3);
    }

    /** A remote that never responds must not block the shutdown, or the process would be killed at a random point. */
    @Test
    void closingInterruptsATaskThatDoesNotEnd() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        scheduling.every(Duration.ofHours(1), "sweep", () -> {
            started.countDown();
            waitFor(new CountDownLatch(1));
            interrupted.countDown();
        });
        waitFor(started);
        scheduling.close();
        await().until(() -> interrupted.getCount() == 0);
    }

    @Test
    void closingWaitsForWhatEnds() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> happened = new ConcurrentLinkedQueue<>();
        QuartzScheduling patient = new QuartzScheduling(clock, Duration.ofMinutes(2));
        patient.start();
        patient.every(Duration.ofHours(1), "sweep", () -> {
            started.countDown();
            waitFor(leave);
            happened.add(Thread.currentThread().isInterrupted() ? "interrupted" : "ended");
        });
        waitFor(started);
        Thread closing = Thread.ofPlatform().start(() -> {
            patient.close();
            happened.add("closed");
        });
        await().until(() -> Stream.of(closing.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitTermination")));
        leave.countDown();
        await().until(() -> !closing.isAlive());
        assertThat(happened).containsExactly("ended", "closed");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Grant grant(String environment, Instant end) {
        List<String> hex = List.of("0123456789abcdef0123456789abcdef01234567");
        return new Grant(
                new EnvironmentName(environment),
                RequestId.derivedFrom(environment),
                new Person("U1", "john.doe"),
                Reason.NONE,
                now.minusSeconds(7200),
                end,
                new CommitId(hex.getFirst()),
                Optional.empty(),
                false);
    }
}
