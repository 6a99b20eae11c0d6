package dev.bastion.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private final ShutdownRequest shutdown = new ShutdownRequest();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void oneThatFailsOrBreaksKeepsNoneOfTheOthers() {
        ChangedResult result = run(1, each -> switch (name(each)) {
            case "dev" -> failed("dev", Outcome.FAILED);
            case "prod" -> throw new IllegalStateException("a secret in it");
            default -> done(name(each));
        });
        assertThat(begun).containsExactly("dev", "prod", "staging");
        assertThat(result.results()).extracting(RunResult::word).containsExactly("failed", "failed", "applied");
        assertThat(result.summary()).isEqualTo("done: staging; failed: dev, prod");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.json() + lines)
                .contains("an unexpected IllegalStateException")
                .doesNotContain("a secret");
    }

    @Test
    void environmentsAreAppliedAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);
        ChangedResult result = run(3, each -> {
            try {
                all.await();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return done(name(each));
        });
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void afterARequestToStopNoneIsStartedAndTheRunHasNoEnd() {
        ChangedResult result = run(1, each -> {
            shutdown.request();
            return failed(name(each), Outcome.FAILED);
        });
        assertThat(begun).containsExactly("dev");
        assertThat(result.notStarted()).containsExactly("prod", "staging");
        assertThat(result.isComplete()).isFalse();
        assertThat(result.summary()).isEqualTo("failed: dev; not started: prod, staging");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void aRunThatWasStoppedBeforeTheFirstHasFailed() {
        shutdown.request();
        ChangedResult result = run(2, each -> done(name(each)));
        assertThat(result.results()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void theExitCodeIsThatOfTheFailuresWhereTheyAgree() {
        assertThat(run(1, each -> failed(name(each), Outcome.REFUSED)).exitCode())
                .isEqualTo(3);
        assertThat(run(1, each -> failed(name(each), name(each).equals("dev") ? Outcome.REFUSED : Outcome.UNUSABLE))
                        .exitCode())
                .isEqualTo(1);
        assertThat(DueEnvironmentsTest.result().exitCode()).isZero();
        assertThat(DueEnvironmentsTest.result().summary()).isEqualTo("nothing to do");
        assertThat(DueEnvironmentsTest.result().markdown()).isEqualTo("Nothing to do.\n");
    }

    @Test
    void theResultHasEachEnvironmentAsItHasAlone() throws Exception {
        ChangedResult result = new ChangedResult(
                "abc", NOW, List.of(done("dev"), failed("prod", Outcome.REFUSED)), List.of("staging"));
        JsonNode json = new ObjectMapper().readTree(result.json());
        assertThat(json.path("head").asText()).isEqualTo("abc");
        assertThat(json.path("exitCode").asInt()).isEqualTo(1);
        assertThat(json.path("environments").get(0))
                .isEqualTo(new ObjectMapper().readTree(done("dev").json()));
        assertThat(json.path("notStarted").get(0).asText()).isEqualTo("staging");
        assertThat(result.markdown())
                .contains("| dev | unknown | applied | 0 | nothing to do |\n")
                .contains("| prod | unknown | refused | 0 | no @\u200bteam \\| such luck |\n")
                .contains("| staging |  | not started |");
    }

    private ChangedResult run(int parallel, Function<Changed, RunResult> operation) {
        List<Changed> all = Stream.of("dev", "prod", "staging")
                .map(name -> new Changed(new EnvironmentName(name), "environments/" + name + "/bastion"))
                .toList();
        return new ParallelRuns(InstantSource.fixed(NOW), lines::add, shutdown, parallel).run("abc", all, (_, each) -> {
            begun.add(name(each));
            return operation.apply(each);
        });
    }

    private static String name(Changed each) {
        return each.environment().value();
    }

    private static RunResult done(String name) {
        return DueEnvironmentsTest.done(name);
    }

    private static RunResult failed(String name, Outcome outcome) {
        return new RunRecorder("apply", name, InstantSource.fixed(NOW)).failed(outcome, "no @team | such luck");
    }
}
