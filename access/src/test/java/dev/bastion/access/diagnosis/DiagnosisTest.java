package dev.bastion.access.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The run of the checks: none of them can spoil the others. */
class DiagnosisTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    private record Check(Area area, String system, Consumer<Findings> body) implements InstallationCheck {
        @Override
        public void examine(Findings found) {
            body.accept(found);
        }
    }

    private static Finding fine(Area area) {
        return Finding.ok(area, "all of it", "works");
    }

    @Test
    void whatACheckFoundBeforeItFailedStaysAndTheReasonIsSaid() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        new Check(Area.SLACK, "Slack", found -> {
                            found.add(fine(Area.SLACK));
                            throw new IllegalStateException("no\nroute");
                        }),
                        new Check(Area.AWS, "AWS", found -> found.add(fine(Area.AWS)))),
                LONG);
        assertThat(diagnosis.findings())
                .extracting(Finding::area, Finding::status)
                .containsExactly(
                        tuple(Area.SLACK, Finding.Status.OK),
                        tuple(Area.SLACK, Finding.Status.UNKNOWN),
                        tuple(Area.AWS, Finding.Status.OK));
        assertThat(diagnosis.with(Finding.Status.UNKNOWN))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.meaning()).contains("no route"));
    }

    @Test
    void anErrorThatIsNoExceptionIsAFindingToo() {
        Diagnosis diagnosis = Diagnosis.of(
                List.of(new Check(Area.LEDGER, "git", _ -> {
                    throw new StackOverflowError();
                })),
                LONG);
        assertThat(diagnosis.isIncomplete()).isTrue();
    }

    @Test
    void aCheckThatHangsIsUnknownAndTheOthersAreThere() {
        CountDownLatch never = new CountDownLatch(1);
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        new Check(Area.SLACK, "Slack", _ -> await(never)),
                        new Check(Area.AWS, "AWS", found -> found.add(fine(Area.AWS)))),
                SHORT);
        assertThat(diagnosis.with(Finding.Status.OK)).containsExactly(fine(Area.AWS));
        assertThat(diagnosis.with(Finding.Status.UNKNOWN))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.line()).contains("did not answer in time"));
    }

    @Test
    void aSystemThatIsDownIsSaidOnce() {
        Consumer<Findings> down = _ -> {
            throw new IllegalStateException("connection refused");
        };
        Diagnosis diagnosis = Diagnosis.of(
                List.of(
                        new Check(Area.GITHUB, "GitHub", down),
                        new Check(Area.CI, "GitHub", down),
                        new Check(Area.LEDGER, "git", down)),
                LONG);
        assertThat(diagnosis.findings()).extracting(Finding::subject).containsExactly("GitHub", "git");
        assertThat(diagnosis.hasProblem()).isFalse();
    }

    @Test
    void checksRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Consumer<Findings> meet = found -> {
            both.countDown();
            await(both);
            found.add(fine(Area.CI));
        };
        Diagnosis diagnosis =
                Diagnosis.of(List.of(new Check(Area.CI, "one", meet), new Check(Area.CI, "two", meet)), LONG);
        assertThat(diagnosis.count(Area.CI, Finding.Status.OK)).isEqualTo(2);
    }

    @Test
    void whatWasFoundStaysWhileNobodyCanLookAndGoesWhenItIsSeenToBeRepaired() {
        Finding broken = Finding.problem(Area.GITHUB, "rules", "a push would be refused", "add the bypass");
        Finding open = Finding.problem(Area.CI, "plan role", "is open", "pin it");
        Diagnosis before = new Diagnosis(List.of(broken, open), Set.of());
        Finding unknown = Finding.unknown(Area.GITHUB, "GitHub", "could not be checked", "try again");
        Diagnosis down = new Diagnosis(List.of(unknown), Set.of(Area.GITHUB)).after(before);
        assertThat(down.findings()).containsExactly(unknown, broken, open);
        Diagnosis repaired = new Diagnosis(List.of(fine(Area.GITHUB), fine(Area.CI)), Set.of()).after(down);
        assertThat(repaired.findings()).containsExactly(fine(Area.GITHUB), fine(Area.CI));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped", e);
        }
    }
}
