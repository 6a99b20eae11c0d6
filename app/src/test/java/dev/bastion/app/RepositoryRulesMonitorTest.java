package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.github.RepositoryProblem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repository problems: each is reported once, and again only after it changes. */
class RepositoryRulesMonitorTest {
    private static final RepositoryProblem REVIEWS = new RepositoryProblem(
            "ruleset main: changes must come by pull request", "add the service to its bypass list");
    private static final RepositoryProblem STRICT =
            new RepositoryProblem("ruleset main: a pull request must be up to date", "turn that off");

    private final List<String> channel = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private List<RepositoryProblem> problems = List.of();
    private boolean down;

    private final RepositoryRulesMonitor monitor =
            new RepositoryRulesMonitor(this::readRules, new AlarmRecorder(metrics, channel::add), metrics);

    private List<RepositoryProblem> readRules() {
        if (down) {
            throw new ObservationFailed(ExternalSystem.GITHUB, "reading the rules of main", new IllegalStateException("502"));
        }
        return problems;
    }

    @Test
    void noProblemIsReportedWithoutOne() {
        monitor.look();
        assertThat(channel).isEmpty();
        assertThat(remarks()).isEmpty();
    }

    @Test
    void aProblemIsReportedOnceWithItsRemedyAndStaysARemark() {
        problems = List.of(REVIEWS);
        monitor.look();
        monitor.look();
        assertThat(channel)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm)
                        .contains("- ruleset main: changes must come by pull request. To fix it: add the service"));
        assertThat(remarks()).singleElement().asString().contains("bypass list");
        assertThat(condition().check().getAsBoolean()).isTrue();
        assertThat(metrics.get("bastion.github.problems").gauge().value()).isEqualTo(1);
    }

    @Test
    void aNewProblemIsReportedAloneAndAResolvedOneDisappears() {
        problems = List.of(REVIEWS);
        monitor.look();
        problems = List.of(REVIEWS, STRICT);
        monitor.look();
        assertThat(channel).hasSize(2);
        assertThat(channel.getLast()).contains("up to date").doesNotContain("by pull request");
        problems = List.of();
        monitor.look();
        assertThat(remarks()).isEmpty();
        assertThat(channel).hasSize(2);
    }

    @Test
    void aForgeThatDoesNotRespondChangesNothing() {
        problems = List.of(REVIEWS);
        monitor.look();
        down = true;
        monitor.look();
        down = false;
        monitor.look();
        assertThat(channel).hasSize(1);
        assertThat(remarks()).hasSize(1);
    }

    @Test
    void whatIsTooOpenIsARemarkAndInTheChannelOnlyWhenGrave() {
        RepositoryProblem grave = new RepositoryProblem(
                RepositoryProblem.Severity.GRAVELY_OPEN, "no rule protects main", "add the ruleset");
        RepositoryProblem open = new RepositoryProblem(
                RepositoryProblem.Severity.TOO_OPEN, "main may be deleted", "turn on \"Restrict deletions\"");
        RepositoryProblem unseen = new RepositoryProblem(
                RepositoryProblem.Severity.UNSEEN, "the bypass list cannot be seen", "check it");
        problems = List.of(open, unseen);
        monitor.look();
        assertThat(channel).isEmpty();
        assertThat(remarks()).hasSize(2);
        problems = List.of(grave, open, unseen);
        monitor.look();
        monitor.look();
        assertThat(channel).singleElement().asString().contains("no rule protects main").doesNotContain("deleted");
        assertThat(metrics.get("bastion.github.problems").gauge().value()).isZero();
        assertThat(metrics.get("bastion.github.open").gauge().value()).isEqualTo(2);
        problems = List.of(REVIEWS, grave);
        monitor.look();
        assertThat(channel).hasSize(2);
        assertThat(channel.getLast()).contains("by pull request").doesNotContain("no rule protects");
    }

    private HealthCondition condition() {
        return monitor.condition();
    }

    private List<String> remarks() {
        return condition().remarks().get();
    }
}
