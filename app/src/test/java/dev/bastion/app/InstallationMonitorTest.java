package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Problems of the installation: each is reported once, and again only after it had gone. */
class InstallationMonitorTest {
    private static final Finding REVIEWS = Finding.problem(
            Area.GITHUB,
            "rules and permissions",
            "ruleset main: changes must come by pull request",
            "add the service to its bypass list");
    private static final Finding STRICT = Finding.problem(
            Area.GITHUB, "rules and permissions", "ruleset main: a pull request must be up to date", "turn that off");
    private static final Finding WARNING = Finding.warning(Area.LEDGER, "CODEOWNERS", "there is none", "add it");

    private final RecordedChannel at = new RecordedChannel();
    private final List<String> channel = at.posted;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private List<Finding> findings = List.of();
    private Set<Area> down = Set.of();

    private final InstallationMonitor monitor =
            new InstallationMonitor(() -> new Diagnosis(findings, down), new AlarmRecorder(metrics, at), metrics);

    private void look(Finding... now) {
        findings = List.of(now);
        monitor.look();
    }

    private static Finding fine() {
        return Finding.ok(Area.GITHUB, "credentials", "accepted");
    }

    private double gauge(String area, String status) {
        return metrics.get("bastion.installation.findings")
                .tags("area", area, "status", status)
                .gauge()
                .value();
    }

    @Test
    void noProblemIsReportedWithoutOne() {
        look(fine());
        assertThat(channel).isEmpty();
        assertThat(monitor.ofGithub()).isEmpty();
        assertThat(monitor.ofTheRest()).isEmpty();
    }

    @Test
    void aProblemIsReportedOnceWithItsRemedyAndStaysARemark() {
        look(REVIEWS, WARNING);
        look(REVIEWS, WARNING);
        assertThat(channel).singleElement().asString().contains("by pull request. To fix it: add the service");
        assertThat(monitor.ofGithub()).singleElement().asString().contains("bypass list");
        assertThat(monitor.ofTheRest()).containsExactly("ledger, CODEOWNERS: there is none. To fix it: add it");
        assertThat(metrics.get("bastion.github.problems").gauge().value()).isEqualTo(1);
        assertThat(gauge("GitHub", "problem")).isEqualTo(1);
        assertThat(gauge("ledger", "warning")).isEqualTo(1);
        assertThat(gauge("ledger", "problem")).isZero();
    }

    @Test
    void aNewProblemIsReportedAloneAndOneThatComesBackIsReportedAgain() {
        look(REVIEWS);
        look(REVIEWS, STRICT);
        assertThat(channel).hasSize(2);
        assertThat(channel.getLast()).contains("up to date").doesNotContain("by pull request");
        look(fine());
        assertThat(monitor.ofGithub()).isEmpty();
        assertThat(channel).hasSize(2);
        look(STRICT);
        assertThat(channel).hasSize(3);
    }

    @Test
    void aForgeThatDoesNotAnswerChangesNothing() {
        look(REVIEWS);
        down = Set.of(Area.GITHUB);
        look(Finding.unknown(Area.GITHUB, "GitHub", "could not be checked: 502", "look"));
        down = Set.of();
        look(REVIEWS);
        assertThat(channel).hasSize(1);
        assertThat(monitor.ofGithub()).hasSize(1).first().asString().contains("bypass list");
    }

    @Test
    void onlyWhatIsGraveReachesTheChannel() {
        look(
                Finding.problem(Area.SLACK, "channel C1", "not_in_channel", "invite it"),
                Finding.problem(Area.CI, "workflow apply", "is not on main", "add it"),
                Finding.problem(Area.CI, "plan role", "infra/roles.tf:7 trusts pull requests", "pin it"),
                Finding.unknown(Area.AWS, "AWS", "could not be checked", "look"));
        assertThat(channel)
                .singleElement()
                .asString()
                .contains("trusts pull requests", "pin it")
                .doesNotContain("not_in_channel", "on main");
    }
}
