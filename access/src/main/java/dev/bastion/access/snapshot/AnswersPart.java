package dev.bastion.access.snapshot;

import dev.bastion.access.port.ReconcileLog;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A {@link SnapshotPart} of answers to questions. It asks the questions that the last pass wanted and forgets the rest. A question
 * that fails keeps its last answer and does not stop the next one.
 *
 * @param <Q> the question
 * @param <A> the answer
 */
public final class AnswersPart<Q, A> {
    private final SnapshotPart<Map<Q, Reading<A>>> part;
    private final String name;
    private final Function<Q, A> ask;
    private final ReconcileLog log;
    private final InstantSource clock;
    private volatile Set<Q> wanted = Set.of();

    /** @param ask throws when there is no answer */
    public AnswersPart(
            SnapshotPart.Schedule schedule,
            Function<Q, A> ask,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.part = new SnapshotPart<>(schedule, this::askAll, threads, log, clock);
        this.name = schedule.name();
        this.ask = ask;
        this.log = log;
        this.clock = clock;
    }

    public SnapshotPart<Map<Q, Reading<A>>> part() {
        return part;
    }

    /** The fault of the last read, for people. */
    public Optional<String> fault() {
        return wanted.isEmpty() ? Optional.empty() : part.fault();
    }

    /** The last answer; empty while there is none. */
    public Optional<Reading<A>> answer(Q question) {
        return part.last()
                .flatMap(answers -> Optional.ofNullable(answers.value().get(question)));
    }

    /** Sets the questions to ask; a new one makes the part due. */
    public void want(Set<Q> questions) {
        boolean isNew = !wanted.containsAll(questions);
        wanted = Set.copyOf(questions);
        if (isNew) {
            part.makeDue();
        }
    }

    public void refreshIfDue() {
        if (!wanted.isEmpty()) {
            part.refreshIfDue();
        }
    }

    private Map<Q, Reading<A>> askAll() {
        FailureCollector failures = new FailureCollector(log);
        Map<Q, Reading<A>> answers = new HashMap<>();
        for (Q question : wanted) {
            answer(question).ifPresent(known -> answers.put(question, known));
            failures.attempt(
                    "snapshot.question.failed",
                    Map.of("part", name, "question", question.toString()),
                    () -> answers.put(question, reading(question, ask.apply(question))));
        }
        if (answers.isEmpty()) {
            failures.throwIfAny();
        }
        return Map.copyOf(answers);
    }

    /** An answer that stays the same is as old as when it was given first. */
    private Reading<A> reading(Q question, A answer) {
        return answer(question)
                .filter(known -> known.value().equals(answer))
                .orElseGet(() -> new Reading<>(answer, clock.instant()));
    }
}
