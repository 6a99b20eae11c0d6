package dev.bastion.app.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The conditions under which the process still tries to close what is due. Where one fails, only a restart helps. An outage
 * of git, GitHub, Slack or AWS fails none of them.
 */
public final class Liveness {
    private final Thread main;
    private final Duration stuckAfter;
    private final InstantSource clock;
    private volatile Optional<Work> work = Optional.empty();

    private record Work(BooleanSupplier isScheduled, Supplier<Instant> lastFinished, Instant since) {}

    /**
     * @param main the thread that started the service and waits for its end
     * @param stuckAfter how long no reconcile pass may finish
     */
    public Liveness(Thread main, Duration stuckAfter, InstantSource clock) {
        this.main = main;
        this.stuckAfter = stuckAfter;
        this.clock = clock;
    }

    /**
     * Begins to require that the work goes on; before that, the service waits for its remote.
     *
     * @param isScheduled whether the scheduler runs
     * @param lastFinished when the last reconcile pass finished
     */
    public void require(BooleanSupplier isScheduled, Supplier<Instant> lastFinished) {
        work = Optional.of(new Work(isScheduled, lastFinished, clock.instant()));
    }

    public List<HealthCondition> conditions() {
        return List.of(
                condition("main", _ -> main.isAlive(), _ -> "the thread that runs the service has ended"),
                condition(
                        "scheduler",
                        now -> work.map(one -> one.isScheduled().getAsBoolean()).orElse(true),
                        _ -> "the scheduler has stopped"),
                condition(
                        "reconcile",
                        now -> sinceFinished(now).compareTo(stuckAfter) <= 0,
                        now -> "no pass has finished for " + sinceFinished(now).toSeconds()
                                + " s, longer than schedule.stuck_after, " + stuckAfter.toSeconds() + " s"));
    }

    private Duration sinceFinished(Instant now) {
        return work.map(one -> {
                    Instant last = one.lastFinished().get();
                    return Duration.between(last.isAfter(one.since()) ? last : one.since(), now);
                })
                .orElse(Duration.ZERO);
    }

    private HealthCondition condition(String name, Function<Instant, Boolean> holds, Function<Instant, String> reason) {
        return new HealthCondition(
                name,
                () -> holds.apply(clock.instant()),
                () -> holds.apply(clock.instant()) ? List.of() : List.of(reason.apply(clock.instant())));
    }
}
