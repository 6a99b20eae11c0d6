package dev.bastion.access.snapshot;

import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.state.AppliedCommit;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
    private final SnapshotPart<Map<Q, Answer<A>>> part;
    private final String name;
    private final Function<Q, A> ask;
    private final ReconcileLog log;
    private final InstantSource clock;
    private volatile Set<Q> wanted = Set.of();

    /**
     * An answer.
     *
     * @param reading the answer, and when it was given first
     * @param last when the same answer was given last
     */
    public record Answer<A>(Reading<A> reading, Instant last) {}

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

    public SnapshotPart<Map<Q, Answer<A>>> part() {
        return part;
    }

    /** The fault of the last read, for people. */
    public Optional<String> fault() {
        return wanted.isEmpty() ? Optional.empty() : part.fault();
    }

    /** The last answer; empty while there is none. */
    public Optional<Reading<A>> answer(Q question) {
        return known(question).map(Answer::reading);
    }

    /** How long the same answer has been given, from its first to its last time; zero while there is none. */
    public Duration standsFor(Q question) {
        return known(question)
                .map(answer -> Duration.between(answer.reading().at(), answer.last()))
                .orElse(Duration.ZERO);
    }

    /** How long ago the present answer was given first; zero while there is none. */
    public Duration age(Q question) {
        return known(question)
                .map(answer -> Duration.between(answer.reading().at(), clock.instant()))
                .orElse(Duration.ZERO);
    }

    private Optional<Answer<A>> known(Q question) {
        return part.last()
                .flatMap(answers -> Optional.ofNullable(answers.value().get(question)));
    }

    /** Makes the part due once its last read is this old; one that failed keeps its own pause. */
    public void askAgainAfter(Duration pause) {
        Instant since = clock.instant().minus(pause);
        if (part.fault().isEmpty()
                && part.last().filter(read -> read.at().isAfter(since)).isEmpty()) {
            part.makeDue();
        }
    }

    /** Sets the questions to ask, in their order; a new one makes the part due. */
    public void want(Set<Q> questions) {
        boolean isNew = !wanted.containsAll(questions);
        wanted = Collections.unmodifiableSet(new LinkedHashSet<>(questions));
        if (isNew) {
            part.makeDue();
        }
    }

    public void refreshIfDue() {
        if (!wanted.isEmpty()) {
            part.refreshIfDue();
        }
    }

    private Map<Q, Answer<A>> askAll() {
        FailureCollector failures = new FailureCollector(log);
        Map<Q, Answer<A>> answers = new HashMap<>();
        for (Q question : wanted) {
            known(question).ifPresent(known -> answers.put(question, known));
            failures.attempt(
                    "snapshot.question.failed",
                    about(question),
                    () -> answers.put(question, answer(question, ask.apply(question))));
        }
        if (answers.isEmpty()) {
            failures.throwIfAny();
        }
        return Map.copyOf(answers);
    }

    private Map<String, String> about(Q question) {
        Map<String, String> fields = new HashMap<>(Map.of("part", name, "question", question.toString()));
        if (question instanceof AppliedCommit applied) {
            fields.put(WorkContext.ENVIRONMENT, applied.environment().value());
        }
        return fields;
    }

    /** An answer that stays the same is as old as when it was given first. */
    private Answer<A> answer(Q question, A answer) {
        Instant now = clock.instant();
        Reading<A> first = answer(question)
                .filter(known -> known.value().equals(answer))
                .orElseGet(() -> new Reading<>(answer, now));
        return new Answer<>(first, now);
    }
}
