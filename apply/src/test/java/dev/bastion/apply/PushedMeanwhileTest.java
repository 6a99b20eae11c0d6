package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.DueEnvironments.Due;
import dev.bastion.apply.ParallelRuns.Followed;
import dev.bastion.apply.ParallelRuns.TakingUp;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run takes up while it works: closings at once, openings when there is a place, the same environment right after. */
@Timeout(60)
class PushedMeanwhileTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final TakingUp AT_ONCE =
            new TakingUp(Duration.ofMillis(2), Duration.ofHours(1), Duration.ofMinutes(1));
    private static final TakingUp AT_THE_END =
            new TakingUp(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1));

    private final ShutdownRequest shutdown = new ShutdownRequest();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final Queue<Due> pushed = new ConcurrentLinkedQueue<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> looks = new CopyOnWriteArrayList<>();

    @Test
    void aClosingIsAppliedWhileOpeningsTakeAllPlaces() {
        CountDownLatch closed = new CountDownLatch(1);
        Followed followed = follow(AT_ONCE, opening("a", "dev"), (_, each) -> {
            switch (name(each)) {
                case "dev" -> {
                    pushed.add(due("b", List.of(changed("staging")), List.of()));
                    await(closed);
                }
                default -> closed.countDown();
            }
            return done(each);
        });
        assertThat(begun).containsExactly("dev at a", "staging at b");
        assertThat(followed.result().exitCode()).isZero();
        assertThat(followed.result().head()).isEqualTo(head("b"));
        assertThat(followed.result().summary()).isEqualTo("done: dev, staging");
        assertThat(followed.last().newest()).hasValue("newest up to b");
        assertThat(lines)
                .containsExactly("pushed meanwhile: commit " + head("b").substring(0, 12) + ", to apply: staging");
    }

    @Test
    void anOpeningWaitsForAPlaceAndAClosingPassesIt() {
        CountDownLatch closed = new CountDownLatch(1);
        follow(AT_ONCE, opening("a", "dev"), (_, each) -> {
            switch (name(each)) {
                case "dev" -> {
                    pushed.add(due("b", List.of(), List.of(changed("prod"))));
                    pushed.add(due("c", List.of(changed("staging")), List.of()));
                    await(closed);
                }
                case "staging" -> closed.countDown();
                default -> {}
            }
            return done(each);
        });
        assertThat(begun).containsExactly("dev at a", "staging at c", "prod at c");
    }

    @Test
    void anEnvironmentThatChangesWhileItIsAppliedIsAppliedRightAfterAndNotAtTheSameTime() {
        CountDownLatch takenUp = new CountDownLatch(1);
        Followed followed = follow(
                AT_ONCE,
                opening("a", "dev"),
                known -> {
                    if (known.equals(head("b"))) {
                        takenUp.countDown();
                    }
                    return Optional.ofNullable(pushed.poll());
                },
                (head, each) -> {
                    if (head.equals(head("a"))) {
                        pushed.add(due("b", List.of(changed("dev")), List.of()));
                        await(takenUp);
                        assertThat(begun).containsExactly("dev at a");
                        return failed(each);
                    }
                    return done(each);
                });
        assertThat(begun).containsExactly("dev at a", "dev at b");
        assertThat(followed.result().results()).extracting(RunResult::word).containsExactly("applied");
        assertThat(followed.result().exitCode()).isZero();
    }

    @Test
    void anEnvironmentThatIsOpenedAgainBeforeItsClosingBeganIsAnOpening() {
        RunQueue queue = new RunQueue(1);
        queue.add(due("a", List.of(), List.of(changed("dev"))));
        Changed dev = queue.begin().orElseThrow();
        queue.add(due("b", List.of(changed("staging"), changed("dev")), List.of()));
        queue.add(due("c", List.of(), List.of(changed("staging"))));
        assertThat(queue.begin()).isEmpty();
        queue.end(dev, done(dev));
        assertThat(queue.begin()).hasValue(dev);
        assertThat(queue.waiting()).containsExactly("staging");
    }

    @Test
    void noMoreThanOneClosingMoreThanThePlacesRuns() {
        RunQueue queue = new RunQueue(2);
        queue.add(due("a", List.of(), List.of(changed("a"), changed("b"), changed("c"))));
        assertThat(List.of(queue.begin(), queue.begin())).doesNotContain(Optional.empty());
        assertThat(queue.begin()).isEmpty();
        queue.add(due("b", List.of(changed("d"), changed("e")), List.of()));
        assertThat(queue.begin()).hasValue(changed("d"));
        assertThat(queue.begin()).isEmpty();
    }

    /** Two files of one environment, while its pattern changes: their states may be the same. */
    @Test
    void twoDirectoriesOfOneEnvironmentRunOneAfterTheOther() {
        Changed old = new Changed(new EnvironmentName("dev"), "old");
        Changed other = new Changed(new EnvironmentName("dev"), "new");
        RunQueue queue = new RunQueue(2);
        queue.add(due("a", List.of(old, other), List.of()));
        assertThat(queue.begin()).hasValue(old);
        assertThat(queue.begin()).isEmpty();
        queue.end(old, failed(old));
        assertThat(queue.begin()).hasValue(other);
        queue.end(other, done(other));
        assertThat(queue.results()).extracting(RunResult::word).containsExactly("failed", "applied");
    }

    @Test
    void theBranchIsLookedAtAfterTheLastHasEndedUntilNothingIsNew() {
        follow(AT_THE_END, opening("a", "dev"), (head, each) -> {
            if (head.equals(head("a"))) {
                pushed.add(due("b", List.of(), List.of(changed("staging"))));
            }
            return done(each);
        });
        assertThat(begun).containsExactly("dev at a", "staging at b");
        assertThat(looks).containsExactly("a", "b");
    }

    @Test
    void whereNothingIsDueTheBranchIsNotLookedAtAgain() {
        pushed.add(opening("b", "dev"));
        assertThat(follow(AT_ONCE, due("a", List.of(), List.of()), (_, each) -> done(each))
                        .result()
                        .summary())
                .isEqualTo("nothing to do");
        assertThat(looks).isEmpty();
    }

    @Test
    void aRunThatWorksForLongTakesUpNothingMore() {
        pushed.add(opening("b", "staging"));
        follow(AT_THE_END, opening("a", "dev"), (_, each) -> {
            clock.set(NOW.plus(AT_THE_END.during()).plusSeconds(1));
            return done(each);
        });
        assertThat(begun).containsExactly("dev at a");
        assertThat(looks).isEmpty();
    }

    @Test
    void aBranchThatCannotBeReadIsLeftToTheNextRunAndSaidOnce() {
        CountDownLatch looked = new CountDownLatch(3);
        Followed followed = follow(
                AT_ONCE,
                opening("a", "dev"),
                _ -> {
                    looked.countDown();
                    throw new StepFailed("git fetch failed: no\nroute");
                },
                (_, each) -> {
                    await(looked);
                    return done(each);
                });
        assertThat(followed.result().exitCode()).isZero();
        assertThat(followed.last().head()).isEqualTo(head("a"));
        assertThat(lines)
                .containsExactly("what was pushed meanwhile cannot be read, so it is left to the next run:"
                        + " git fetch failed: no route");
    }

    @Test
    void aRemoteThatDoesNotAnswerKeepsNoRunFromEnding() {
        CountDownLatch never = new CountDownLatch(1);
        Followed followed = follow(
                new TakingUp(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(20)),
                opening("a", "dev"),
                _ -> {
                    await(never);
                    return Optional.empty();
                },
                (_, each) -> done(each));
        assertThat(followed.result().summary()).isEqualTo("done: dev");
    }

    @Test
    void aRequestToStopLeavesWhatWasTakenUpToTheNextRun() {
        CountDownLatch takenUp = new CountDownLatch(1);
        Followed followed = follow(
                AT_ONCE,
                opening("a", "dev"),
                known -> {
                    if (known.equals(head("b"))) {
                        takenUp.countDown();
                    }
                    return Optional.ofNullable(pushed.poll());
                },
                (_, each) -> {
                    pushed.add(due("b", List.of(changed("dev")), List.of()));
                    await(takenUp);
                    shutdown.request();
                    return done(each);
                });
        assertThat(begun).containsExactly("dev at a");
        assertThat(followed.result().notStarted()).containsExactly("dev");
        assertThat(followed.result().isComplete()).isFalse();
        assertThat(followed.result().exitCode()).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadOfOnePushIsKnownAtTheEnd() {
        pushed.add(new Due(head("b"), List.of(), List.of(), List.of("unreadable"), Optional.empty(), false));
        pushed.add(opening("c", "staging"));
        Followed followed = follow(AT_ONCE, opening("a", "dev"), (_, each) -> done(each));
        assertThat(followed.isWhole()).isFalse();
        assertThat(lines).contains("unreadable");
        assertThat(begun).containsExactly("dev at a", "staging at c");
    }

    private Followed follow(TakingUp takingUp, Due due, ParallelRuns.Operation operation) {
        return follow(
                takingUp,
                due,
                known -> {
                    looks.add(known.substring(0, 1));
                    return Optional.ofNullable(pushed.poll());
                },
                operation);
    }

    private Followed follow(TakingUp takingUp, Due due, Pushes pushes, ParallelRuns.Operation operation) {
        InstantSource source = clock::get;
        return new ParallelRuns(source, lines::add, shutdown, 1).follow(due, pushes, takingUp, (head, each) -> {
            begun.add(name(each) + " at " + head.charAt(0));
            return operation.run(head, each);
        });
    }

    private static Due opening(String head, String environment) {
        return due(head, List.of(), List.of(changed(environment)));
    }

    private static Due due(String head, List<Changed> closings, List<Changed> openings) {
        return new Due(head(head), closings, openings, List.of(), Optional.of("newest up to " + head), true);
    }

    private static String head(String letter) {
        return letter.repeat(40);
    }

    private static Changed changed(String name) {
        return new Changed(new EnvironmentName(name), "environments/" + name + "/bastion");
    }

    private static String name(Changed each) {
        return each.environment().value();
    }

    private static RunResult done(Changed each) {
        return DueEnvironmentsTest.done(name(each));
    }

    private static RunResult failed(Changed each) {
        return new RunRecorder("apply", name(each), InstantSource.fixed(NOW)).failed(Outcome.FAILED, "no such luck");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
