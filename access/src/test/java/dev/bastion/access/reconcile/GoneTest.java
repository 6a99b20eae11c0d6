package dev.bastion.access.reconcile;

import static dev.bastion.access.Examples.DEV;
import static dev.bastion.access.Examples.JANE;
import static dev.bastion.access.Examples.JOHN;
import static dev.bastion.access.Examples.NOW;
import static dev.bastion.access.Examples.POLICY;
import static dev.bastion.access.Examples.grant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Examples;
import dev.bastion.access.MemoryLedger;
import dev.bastion.access.MemoryObservations;
import dev.bastion.access.RecordedFailures;
import dev.bastion.access.RecordedNotifications;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.AppliedCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * "Gone" is the last thing that happens: whenever a grant ends, however CI orders, loses, delays and fails its runs, its
 * bastion is never there after it was called gone. CI is held to two promises: a run ends within an hour of its commit, and one
 * that is started again by hand says so. AWS is held to one: within a minute it lists an instance that it has created.
 */
class GoneTest {
    private static final Duration APPLY_TAKES = Duration.ofMinutes(60);

    /** How CI treats one commit. Times count from the commit. */
    record Run(Duration starts, Duration effect, Duration ends, Reported reported, boolean succeeds) {}

    private record Commit(CommitId id, Instant at, Run run) {}

    enum Reported {
        ALWAYS,
        ONLY_THE_START,
        ONLY_THE_END,
        NEVER
    }

    /** One life of a grant, in which one random number decides each thing. */
    private static final class Life {
        private final Random random;
        private final MemoryLedger ledger = new MemoryLedger(POLICY, DEV);
        private final RecordedNotifications notifier = new RecordedNotifications();
        private final List<Commit> order = new ArrayList<>();
        private final Map<AppliedCommit, Reading<ApplyStatus>> reports = new HashMap<>();
        private Optional<Reading<List<BastionObservation>>> seen = Optional.empty();
        private Instant now = NOW;
        private Instant lastThere = Instant.MIN;
        private Instant goneAt = Instant.MAX;
        private Instant thereSince = Instant.MAX;
        private Duration unlistedFor = Duration.ZERO;
        private Grant grant = grant(JOHN, DEV, NOW, NOW.plus(Duration.ofHours(8)));

        private final MonitorGrants monitor = new MonitorGrants(
                ledger,
                notifier,
                _ -> true,
                new RecordGrantObservations(new MemoryObservations()),
                new MonitorGrants.Grace(Duration.ofMinutes(10), Duration.ofDays(9), APPLY_TAKES),
                () -> now);

        private Supplier<Run> ci;

        private Life(long seed) {
            this.random = new Random(seed);
            this.ci = this::anyRun;
        }

        private Life with(Supplier<Run> how) {
            ci = how;
            return this;
        }

        /** A grant that ends at this moment of its life. */
        private void live(Duration untilItsEnd, boolean isExtended) {
            ledger.put(grant);
            committed(grant.openedBy());
            pass(untilItsEnd);
            if (isExtended) {
                extend();
                pass(Duration.ofSeconds(5));
            }
            change(new LedgerChange.Close(grant, new End.EndedBy(JOHN), Timestamps.wholeSeconds(now)));
            pass(Duration.ofMinutes(130));
        }

        private void live() {
            unlistedFor = upTo(ClosingGrant.LISTED_WITHIN.minusSeconds(10));
            ledger.put(grant);
            committed(grant.openedBy());
            pass(upTo(Duration.ofMinutes(random.nextBoolean() ? 3 : 90)));
            for (int extension = random.nextInt(3); extension > 0; extension--) {
                extend();
                pass(upTo(Duration.ofMinutes(5)));
            }
            if (random.nextInt(3) == 0 && hasEnded(order.getFirst())) {
                startAgain();
            }
            change(new LedgerChange.Close(grant, new End.EndedBy(JOHN), Timestamps.wholeSeconds(now)));
            pass(upTo(Duration.ofMinutes(5)));
            if (random.nextInt(3) == 0) {
                Grant next = new Grant(
                        DEV,
                        RequestId.derivedFrom("next"),
                        JANE,
                        grant.reason(),
                        Timestamps.wholeSeconds(now),
                        Timestamps.wholeSeconds(now).plusSeconds(3600 * 9),
                        Examples.commit(77),
                        Optional.empty(),
                        false);
                ledger.put(next);
                committed(next.openedBy());
            }
            pass(Duration.ofMinutes(150));
        }

        /** A person starts the run of the opening again, which applies that commit and not the branch. */
        private void startAgain() {
            Duration ends = upTo(Duration.ofMinutes(20)).plusSeconds(10);
            Duration effect = Duration.ofSeconds(random.nextLong(ends.toSeconds()));
            order.add(new Commit(grant.openedBy(), now, new Run(Duration.ZERO, effect, ends, Reported.ALWAYS, true)));
            pass(Duration.ofSeconds(20));
        }

        private void extend() {
            change(new LedgerChange.Extend(
                    grant, grant.expiresAt().plusSeconds(60), JOHN, Timestamps.wholeSeconds(now)));
        }

        private void change(LedgerChange change) {
            if (ledger.record(change) instanceof RecordResult.Recorded(var commit, var after, var _)) {
                grant = after;
                committed(commit);
            }
        }

        private void committed(CommitId commit) {
            order.add(new Commit(commit, now, ci.get()));
        }

        private Run anyRun() {
            Duration ends =
                    upTo(Duration.ofMinutes(random.nextBoolean() ? 4 : 58)).plusSeconds(30);
            Duration starts = Duration.ofSeconds(random.nextLong(ends.toSeconds()));
            Duration effect =
                    starts.plusSeconds(random.nextLong(ends.minus(starts).toSeconds() + 1));
            return new Run(
                    starts, effect, ends, List.of(Reported.values()).get(random.nextInt(4)), random.nextInt(4) > 0);
        }

        private Duration upTo(Duration most) {
            return Duration.ofSeconds(random.nextLong(most.toSeconds()));
        }

        private void pass(Duration time) {
            Instant end = now.plus(time);
            while (now.isBefore(end)) {
                now = now.plusMillis(1000 + random.nextInt(3000));
                if (isThere()) {
                    lastThere = now;
                    thereSince = thereSince.equals(Instant.MAX) ? now : thereSince;
                } else {
                    thereSince = Instant.MAX;
                }
                if (random.nextInt(3) > 0) {
                    seen = Optional.of(new Reading<>(isListed() ? List.of(bastion()) : List.of(), now));
                }
                if (random.nextInt(3) > 0) {
                    order.stream().map(Commit::id).distinct().forEach(this::read);
                }
                follow();
            }
        }

        /** A forge starts no run again before it has ended. */
        private boolean hasEnded(Commit commit) {
            return !now.isBefore(commit.at().plus(commit.run().ends()));
        }

        private boolean isListed() {
            return isThere() && !thereSince.plus(unlistedFor).isAfter(now);
        }

        /** A run makes the environment what its commit says, whatever other runs did; a failed one may stop before. */
        private boolean isThere() {
            boolean there = false;
            Instant latest = Instant.MIN;
            for (Commit commit : order) {
                Run run = commit.run();
                Instant effect = commit.at().plus(run.effect());
                boolean hasEffect = run.succeeds() || run.effect().compareTo(run.ends()) < 0;
                if (hasEffect && !effect.isAfter(now) && effect.isAfter(latest)) {
                    latest = effect;
                    there = opens(commit.id());
                }
            }
            return there;
        }

        private boolean opens(CommitId commit) {
            return ledger.ended.stream().noneMatch(past -> past.closedBy().equals(commit))
                    && !commit.equals(Examples.commit(77));
        }

        /** The last run of a commit that has reported anything. */
        private void read(CommitId id) {
            ApplyStatus status = order.stream()
                    .filter(commit -> commit.id().equals(id))
                    .map(this::reportOf)
                    .filter(report -> !(report instanceof ApplyStatus.Unknown))
                    .reduce((_, later) -> later)
                    .orElseGet(ApplyStatus.Unknown::new);
            AppliedCommit applied = new AppliedCommit(DEV, id);
            Reading<ApplyStatus> known = reports.get(applied);
            if (known == null || !known.value().equals(status)) {
                reports.put(applied, new Reading<>(status, now));
            }
        }

        private ApplyStatus reportOf(Commit commit) {
            Run run = commit.run();
            Instant since = commit.at();
            boolean hasStarted = !now.isBefore(since.plus(run.starts()));
            boolean hasEnded = !now.isBefore(since.plus(run.ends()));
            ApplyStatus status = new ApplyStatus.Unknown();
            if (hasEnded && (run.reported() == Reported.ALWAYS || run.reported() == Reported.ONLY_THE_END)) {
                status = run.succeeds()
                        ? new ApplyStatus.Succeeded(Optional.empty())
                        : new ApplyStatus.Failed("terraform apply", Optional.empty());
            } else if (hasStarted && (run.reported() == Reported.ALWAYS || run.reported() == Reported.ONLY_THE_START)) {
                status = new ApplyStatus.Running(Optional.empty(), Optional.of(since.plus(run.starts())));
            }
            return status;
        }

        private void follow() {
            FailureCollector failures = new FailureCollector(new RecordedFailures());
            monitor.follow(
                    ledger.lastSeen(),
                    new MonitorGrants.Observations(
                            Sightings.of(seen), applied -> Optional.ofNullable(reports.get(applied))),
                    failures);
            failures.throwIfAny();
            if (goneAt.equals(Instant.MAX) && notifier.gone.contains(grant.request())) {
                goneAt = now;
            }
        }

        private BastionObservation bastion() {
            return new BastionObservation(
                    "dev",
                    Optional.of(grant.request()),
                    "i-1",
                    BastionObservation.Condition.COMING,
                    "running",
                    Optional.empty());
        }

        private Optional<Instant> lastTimeThere() {
            return lastThere.equals(Instant.MIN) ? Optional.empty() : Optional.of(lastThere);
        }

        private String story() {
            return "runs " + order + ", gone at " + goneAt + ", last there "
                    + lastTimeThere() + ", stages "
                    + notifier.names().stream().distinct().toList();
        }
    }

    @Test
    void nothingOfAGrantIsThereAfterItIsGone() {
        long seed = new Random().nextLong();
        int gone = 0;
        for (int number = 0; number < 600; number++) {
            Life life = new Life(seed + number);
            life.live();
            gone += life.goneAt.equals(Instant.MAX) ? 0 : 1;
            assertThat(life.lastThere)
                    .as(() -> "seed " + life.random + ": " + life.story())
                    .isBeforeOrEqualTo(life.goneAt);
        }
        assertThat(gone).as("lives with an end, seed " + seed).isGreaterThan(150);
    }

    /** The moments of a life in which it can end, by a CI that applies within two minutes. */
    private static final Map<String, Duration> MOMENTS = Map.of(
            "queued", Duration.ofSeconds(2),
            "planning", Duration.ofSeconds(30),
            "applying", Duration.ofSeconds(60),
            "booting", Duration.ofSeconds(100),
            "ready", Duration.ofMinutes(20),
            "an hour later", Duration.ofMinutes(70));

    private static Run run(int starts, int effect, int ends, Reported reported, boolean succeeds) {
        return new Run(
                Duration.ofSeconds(starts), Duration.ofSeconds(effect), Duration.ofSeconds(ends), reported, succeeds);
    }

    /** The first commit is applied long after the others. */
    private static Supplier<Run> openingComesLast(Reported reported) {
        var isFirst = new AtomicBoolean(true);
        return () -> isFirst.getAndSet(false)
                ? run(1500, 1560, 1600, reported, true)
                : run(20, 60, 80, Reported.ALWAYS, true);
    }

    static Stream<Arguments> lives() {
        Map<String, Supplier<Supplier<Run>>> cis = Map.of(
                "fast", () -> () -> run(1, 5, 10, Reported.ALWAYS, true),
                "slow", () -> () -> run(600, 1800, 2400, Reported.ALWAYS, true),
                "failing, half done", () -> () -> run(20, 60, 90, Reported.ALWAYS, false),
                "failing, nothing done", () -> () -> run(20, 90, 90, Reported.ALWAYS, false),
                "silent", () -> () -> run(20, 60, 90, Reported.NEVER, true),
                "slow and silent", () -> () -> run(600, 1800, 2400, Reported.NEVER, true),
                "dying", () -> () -> run(20, 60, 90, Reported.ONLY_THE_START, true),
                "late with its reports", () -> () -> run(20, 60, 400, Reported.ONLY_THE_END, true),
                "out of order", () -> openingComesLast(Reported.ALWAYS),
                "out of order, its report lost", () -> openingComesLast(Reported.NEVER));
        return MOMENTS.entrySet().stream()
                .flatMap(moment -> cis.entrySet().stream()
                        .flatMap(ci -> Stream.of(false, true)
                                .map(isExtended -> Arguments.of(
                                        moment.getKey(),
                                        ci.getKey(),
                                        isExtended,
                                        moment.getValue(),
                                        ci.getValue().get()))));
    }

    @ParameterizedTest(name = "ended while {0}, CI {1}, extended {2}")
    @MethodSource("lives")
    void aGrantIsGoneOnceAndForAllWheneverItEnds(
            String moment, String ci, boolean isExtended, Duration untilItsEnd, Supplier<Run> runs) {
        Life life = new Life(1).with(runs);
        life.live(untilItsEnd, isExtended);
        assertThat(life.lastThere).as(life::story).isBeforeOrEqualTo(life.goneAt);
        if (!life.isThere()) {
            assertThat(life.goneAt).as(life::story).isNotEqualTo(Instant.MAX);
        }
        if (ci.equals("fast")) {
            assertThat(life.goneAt)
                    .as(life::story)
                    .isBefore(life.ledger
                            .ended
                            .getFirst()
                            .endedAt()
                            .plusSeconds(30)
                            .plus(ClosingGrant.LISTED_WITHIN));
        }
    }
}
