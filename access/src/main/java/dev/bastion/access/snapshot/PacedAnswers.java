package dev.bastion.access.snapshot;

import dev.bastion.access.port.ReconcileLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A {@link SnapshotPart} of answers to many questions that change rarely: a few questions for each read, those that were
 * never asked first, then the one that was asked longest ago. A read ends at its first failure, since the next question
 * would meet the same; the last answers stay. Questions that the last pass did not want are forgotten.
 *
 * @param <Q> the question
 * @param <A> what an answer finds; most find nothing
 */
public final class PacedAnswers<Q, A> {
    /**
     * The pace of the questions.
     *
     * @param most how many one read asks
     * @param every when a question is asked again
     * @param confirmedAfter when a finding is asked for again; one that is given twice is confirmed
     */
    public record Pace(int most, Duration every, Duration confirmedAfter) {}

    private record Answer<A>(Optional<A> found, Instant first, Instant last) {
        boolean isConfirmed(Pace pace) {
            return Duration.between(first, last).compareTo(pace.confirmedAfter()) >= 0;
        }
    }

    private final SnapshotPart<Map<Q, Answer<A>>> part;
    private final String name;
    private final Pace pace;
    private final Function<Q, Optional<A>> ask;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final Map<Q, Instant> askedAt = new ConcurrentHashMap<>();
    private volatile Set<Q> wanted = Set.of();

    /** @param ask throws when there is no answer */
    public PacedAnswers(
            SnapshotPart.Schedule schedule,
            Pace pace,
            Function<Q, Optional<A>> ask,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.part = new SnapshotPart<>(schedule, this::askSome, threads, log, clock);
        this.name = schedule.name();
        this.pace = pace;
        this.ask = ask;
        this.log = log;
        this.clock = clock;
    }

    /** The fault of the last read, for people. */
    public Optional<String> fault() {
        return wanted.isEmpty() ? Optional.empty() : part.fault();
    }

    /** When the last read began. */
    public Optional<Instant> readAt() {
        return part.last().map(Reading::at);
    }

    /** The findings so far. */
    public Map<Q, A> found() {
        Map<Q, A> all = new HashMap<>();
        answers().forEach((question, answer) -> answer.found().ifPresent(found -> all.put(question, found)));
        return Map.copyOf(all);
    }

    /** Whether the same was found twice, some time apart. */
    public boolean isConfirmed(Q question) {
        return Optional.ofNullable(answers().get(question))
                .filter(answer -> answer.found().isPresent() && answer.isConfirmed(pace))
                .isPresent();
    }

    /** Whether the question was asked at all, with an answer or without. */
    public boolean isAsked(Q question) {
        return askedAt.containsKey(question);
    }

    /** @param questions the most urgent first; a new one makes the part due */
    public void want(Collection<Q> questions) {
        Set<Q> all = Collections.unmodifiableSet(new LinkedHashSet<>(questions));
        boolean isNew = !wanted.containsAll(all);
        wanted = all;
        askedAt.keySet().retainAll(all);
        if (isNew && part.fault().isEmpty()) {
            part.makeDue();
        }
    }

    public void refreshIfDue() {
        if (!due().isEmpty()) {
            part.refreshIfDue();
        }
    }

    private Map<Q, Answer<A>> answers() {
        return part.last().map(Reading::value).orElse(Map.of());
    }

    private Map<Q, Answer<A>> askSome() {
        FailureCollector failures = new FailureCollector(log);
        Map<Q, Answer<A>> answers = new HashMap<>(answers());
        answers.keySet().retainAll(wanted);
        List<Q> due = due();
        for (Q question : due) {
            boolean isAnswered = failures.returnsTrue(
                    "snapshot.question.failed", Map.of("part", name, "question", question.toString()), () -> {
                        answers.put(question, answer(question, ask.apply(question)));
                        return true;
                    });
            if (!isAnswered) {
                break;
            }
        }
        due.forEach(question -> askedAt.put(question, clock.instant()));
        if (answers.isEmpty()) {
            failures.throwIfAny();
        }
        return Map.copyOf(answers);
    }

    private List<Q> due() {
        Instant now = clock.instant();
        return wanted.stream()
                .filter(question -> !now.isBefore(dueAt(question)))
                .sorted(Comparator.comparing(this::lastAsked))
                .limit(pace.most())
                .toList();
    }

    private Instant lastAsked(Q question) {
        return askedAt.getOrDefault(question, Instant.EPOCH);
    }

    private Instant dueAt(Q question) {
        boolean isToConfirm = Optional.ofNullable(answers().get(question))
                .filter(answer -> answer.found().isPresent() && !answer.isConfirmed(pace))
                .isPresent();
        return lastAsked(question).plus(isToConfirm ? pace.confirmedAfter() : pace.every());
    }

    /** A finding that stays the same is as old as when it was given first. */
    private Answer<A> answer(Q question, Optional<A> found) {
        Instant now = clock.instant();
        Instant first = Optional.ofNullable(answers().get(question))
                .filter(known -> known.found().equals(found))
                .map(Answer::first)
                .orElse(now);
        return new Answer<>(found, first, now);
    }
}
