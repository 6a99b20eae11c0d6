package dev.bastion.access.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.RecordedFailures;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.snapshot.PacedAnswers.Pace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacedAnswersTest {
    private static final Pace PACE = new Pace(5, Duration.ofMinutes(2), Duration.ofSeconds(15));
    private static final int A_MINUTE = 60;

    private Instant now = Instant.parse("2026-01-15T10:30:00Z");
    private final List<Integer> asked = new ArrayList<>();
    private final Map<Integer, String> findings = new HashMap<>();
    private boolean isDown;
    private Executor threads = Runnable::run;
    private final RecordedFailures log = new RecordedFailures();
    private final PacedAnswers<Integer, String> answers = new PacedAnswers<>(
            new SnapshotPart.Schedule("accounts", ExternalSystem.SLACK, Duration.ofSeconds(5), Duration.ofSeconds(30)),
            PACE,
            this::ask,
            work -> threads.execute(work),
            log,
            () -> now);

    private Optional<String> ask(Integer question) {
        asked.add(question);
        if (isDown) {
            throw new ObservationFailed(ExternalSystem.SLACK, "calling users.info", new IOException("no answer"));
        }
        return Optional.ofNullable(findings.get(question));
    }

    private static List<Integer> questions(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** A pass each second. */
    private void passFor(Duration time, List<Integer> questions) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
            answers.want(questions);
            answers.refreshIfDue();
        }
    }

    @Test
    void aMinuteAsksNoMoreThanItsBudgetHoweverManyQuestionsThereAre() {
        for (int minute = 0; minute < 10; minute++) {
            int before = asked.size();
            passFor(Duration.ofMinutes(1), questions(1_000));
            assertThat(asked.size() - before).isBetween(A_MINUTE - 5, A_MINUTE + 5);
        }
    }

    @Test
    void everyQuestionHasItsTurn() {
        passFor(Duration.ofMinutes(10), questions(100));
        assertThat(asked).containsAll(questions(100));
    }

    @Test
    void whatIsKnownIsAskedAgainAfterItsTime() {
        passFor(Duration.ofMinutes(10), List.of(1));
        assertThat(asked).hasSizeBetween(5, 6);
    }

    @Test
    void aNewQuestionIsAskedAtOnceAndBeforeTheOthers() {
        passFor(Duration.ofSeconds(2), questions(100));
        asked.clear();
        List<Integer> more = new ArrayList<>(List.of(1_000));
        more.addAll(questions(100));
        passFor(Duration.ofSeconds(1), more);
        assertThat(asked).startsWith(1_000);
    }

    @Test
    void aFindingIsConfirmedByASecondOne() {
        findings.put(1, "deactivated");
        passFor(Duration.ofSeconds(10), List.of(1));
        assertThat(answers.found()).containsEntry(1, "deactivated");
        assertThat(answers.isConfirmed(1)).isFalse();
        passFor(Duration.ofSeconds(15), List.of(1));
        assertThat(answers.isConfirmed(1)).isTrue();
        findings.clear();
        passFor(Duration.ofMinutes(3), List.of(1));
        assertThat(answers.isConfirmed(1)).isFalse();
        assertThat(answers.found()).isEmpty();
    }

    @Test
    void aFailureKeepsTheLastAnswerAndEndsTheRead() {
        findings.put(1, "deactivated");
        passFor(Duration.ofSeconds(30), questions(5));
        asked.clear();
        isDown = true;
        passFor(Duration.ofMinutes(10), questions(5));
        assertThat(answers.found()).containsEntry(1, "deactivated");
        assertThat(asked).as("one failed call for each read").hasSizeBetween(1, 12);
        assertThat(log.failures).isNotEmpty();
    }

    @Test
    void aQuestionWithoutAnAnswerCountsAsAsked() {
        isDown = true;
        passFor(Duration.ofSeconds(10), List.of(7));
        assertThat(answers.isAsked(7)).isTrue();
        assertThat(answers.isAsked(8)).isFalse();
        assertThat(answers.found()).isEmpty();
        assertThat(answers.fault()).isPresent();
    }

    @Test
    void whatNoPassWantsIsForgotten() {
        findings.put(1, "deactivated");
        passFor(Duration.ofSeconds(30), List.of(1));
        passFor(Duration.ofSeconds(10), List.of(2));
        assertThat(answers.found()).isEmpty();
        assertThat(answers.isAsked(1)).isFalse();
    }

    @Test
    void aReadThatHangsHoldsNoPass() {
        Deque<Runnable> waiting = new ArrayDeque<>();
        threads = waiting::add;
        passFor(Duration.ofMinutes(1), List.of(1));
        assertThat(waiting).hasSize(1);
        assertThat(answers.isAsked(1)).isFalse();
    }
}
