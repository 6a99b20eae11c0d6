package dev.bastion.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedResource;
import dev.bastion.apply.Drift;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DriftCheckTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod/orders");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final ChangedResource INSTANCE =
            new ChangedResource("destroy", "module.bastion.aws_instance.bastion[0]");

    private final Recorded world = new Recorded();
    private final List<String> lines = new ArrayList<>();

    @Test
    void closedAndNothingThereIsAsTheFileSays() {
        world.both(PROD, plan("close"));
        assertThat(check()).isEmpty();
        assertThat(lines).containsExactly("prod/orders is as its file says");
        assertThat(world.waits).isZero();
    }

    @Test
    void openAndItsBastionThereIsAsTheFileSays() {
        world.both(PROD, plan("open"), "i-1");
        assertThat(check()).isEmpty();
    }

    @Test
    void aBastionWithoutAGrantIsAnIncident() {
        world.both(PROD, plan("close"), "i-1", "i-2");
        assertThat(check()).containsOnlyKeys(PROD);
        assertThat(lines).endsWith("INCIDENT prod/orders: i-1, i-2 is there, and the file grants nothing.");
        assertThat(world.issues)
                .containsExactly(
                        "Bastion without a grant: prod/orders | i-1, i-2 is there, and the file grants nothing."
                                + "\n\nSee docs/runbook.md, \"A bastion lingers\".");
    }

    @Test
    void whatIsLeftInTheStateIsAnIncident() {
        world.both(PROD, plan("close", INSTANCE));
        assertThat(check()).containsOnlyKeys(PROD);
        assertThat(lines.getLast())
                .isEqualTo("INCIDENT prod/orders: Terraform's state still has module.bastion.aws_instance.bastion[0],"
                        + " and the file grants nothing.");
    }

    /** A module that was updated, or shells that were turned off: what stands while closed changes, and opens nothing. */
    @Test
    void aChangeOfWhatStandsWhileClosedIsADifference() {
        world.both(
                PROD,
                plan(
                        "close",
                        new ChangedResource("create", "module.bastion.aws_security_group.bastion[0]"),
                        new ChangedResource("destroy", "module.bastion.aws_ssm_document.shell[0]")));
        assertThat(check()).containsOnlyKeys(PROD);
        assertThat(lines.getLast()).isEqualTo("DRIFT prod/orders: an apply would change it: something");
        assertThat(world.issues).isEmpty();
    }

    @Test
    void aRuleThatIsLeftInTheStateIsAnIncident() {
        world.both(
                PROD, plan("close", new ChangedResource("destroy", "aws_vpc_security_group_ingress_rule.database[0]")));
        check();
        assertThat(world.issues).hasSize(1);
    }

    @Test
    void aGrantThatIsNotThereIsADifference() {
        world.both(PROD, plan("open", new ChangedResource("create", "module.bastion.aws_instance.bastion[0]")));
        assertThat(check()).containsOnlyKeys(PROD);
        assertThat(lines.getLast()).isEqualTo("DRIFT prod/orders: an apply would change it: something");
        assertThat(world.issues).isEmpty();
    }

    @Test
    void anEnvironmentThatCannotBePlannedIsADifference() {
        world.both(PROD, failed());
        assertThat(check()).containsOnlyKeys(PROD);
        assertThat(lines.getLast()).isEqualTo("DRIFT prod/orders: it could not be planned: no; not the bastion's");
    }

    @Test
    void aGrantThatWasOpeningMeanwhileIsNone() {
        world.now(PROD, plan("close"), "i-1");
        world.later(PROD, plan("open"), "i-1");
        assertThat(check()).isEmpty();
        assertThat(world.issues).isEmpty();
        assertThat(world.revisions).containsExactly(Optional.empty(), Optional.of("later"));
    }

    @Test
    void aGrantThatWasClosingMeanwhileIsNone() {
        world.now(PROD, plan("close", INSTANCE), "i-1");
        world.later(PROD, plan("close"));
        assertThat(check()).isEmpty();
    }

    @Test
    void onlyWhatDiffersIsLookedAtAgainAndThereIsOneWait() {
        world.both(DEV, plan("close"));
        world.both(PROD, plan("close"), "i-1");
        EnvironmentName test = new EnvironmentName("test");
        world.both(test, plan("close"), "i-2");
        assertThat(new DriftCheck(world, lines::add, Duration.ZERO).check(List.of(DEV, PROD, test)))
                .containsOnlyKeys(PROD, test);
        assertThat(world.waits).isOne();
        assertThat(world.revisions).hasSize(5);
    }

    @Test
    void theReportIsJson() {
        world.both(PROD, plan("close"), "i-1");
        assertThat(DriftReport.json(check()))
                .isEqualTo("{\"prod/orders\":{\"incident\":\"i-1 is there, and the file grants nothing.\","
                        + "\"difference\":null}}");
    }

    private Map<EnvironmentName, Drift> check() {
        return new DriftCheck(world, lines::add, Duration.ofSeconds(1)).check(List.of(PROD));
    }

    private static RunResult plan(String action, ChangedResource... changes) {
        return result(action, Outcome.PLANNED, Optional.empty(), List.of(changes), List.of());
    }

    private static RunResult failed() {
        return result("unknown", Outcome.FAILED, Optional.of("no"), List.of(), List.of("not the bastion's"));
    }

    private static RunResult result(
            String action,
            Outcome outcome,
            Optional<String> message,
            List<ChangedResource> changes,
            List<String> objections) {
        return new RunResult(
                "prod/orders",
                "plan",
                action,
                "cdktf",
                Optional.empty(),
                Optional.empty(),
                outcome,
                Optional.empty(),
                message,
                "something",
                changes,
                objections,
                List.of(),
                Map.of(),
                Instant.EPOCH,
                Duration.ZERO,
                Map.of());
    }

    /** Answers that were recorded before, for now and for after the wait. */
    private static final class Recorded implements DriftCheck.World {
        private record Answer(RunResult plan, List<String> instances) {}

        private final Map<EnvironmentName, Answer> now = new HashMap<>();
        private final Map<EnvironmentName, Answer> later = new HashMap<>();
        private final List<String> issues = new ArrayList<>();
        private final List<Optional<String>> revisions = new ArrayList<>();
        private int waits;

        void now(EnvironmentName environment, RunResult plan, String... instances) {
            now.put(environment, new Answer(plan, List.of(instances)));
        }

        void later(EnvironmentName environment, RunResult plan, String... instances) {
            later.put(environment, new Answer(plan, List.of(instances)));
        }

        void both(EnvironmentName environment, RunResult plan, String... instances) {
            now(environment, plan, instances);
            later(environment, plan, instances);
        }

        private Answer answer(EnvironmentName environment) {
            return Optional.ofNullable((waits == 0 ? now : later).get(environment))
                    .orElseThrow();
        }

        @Override
        public RunResult plan(EnvironmentName environment, Optional<String> revision) {
            revisions.add(revision);
            return answer(environment).plan();
        }

        @Override
        public List<String> instances(EnvironmentName environment) {
            return answer(environment).instances();
        }

        @Override
        public String headAfter(Duration patience) {
            waits++;
            return "later";
        }

        @Override
        public void report(String title, String body) {
            issues.add(title + " | " + body);
        }
    }
}
