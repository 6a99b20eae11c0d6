package dev.bastion.cli;

import static dev.bastion.cli.FakeStatusApi.COMMIT;
import static dev.bastion.cli.FakeStatusApi.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.run.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports of applies to GitHub over a socket, with a server that can hang until a test releases it. */
@Timeout(60)
class GithubStatusReporterTest {
    private static final String STARTED_BY = "9876543210".repeat(4);
    private static final String STATUS = COMMIT + " bastion/apply/dev ";

    private final List<String> output = new CopyOnWriteArrayList<>();
    private FakeStatusApi github;

    @BeforeEach
    void start() throws IOException {
        github = new FakeStatusApi();
        github.hold();
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void aSlowGithubGetsEveryReportInOrderWithoutDelayingTheRun() {
        try (BackgroundReporter reporter = reporter(Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
            reporter.succeeded(result("dev", "apply", Outcome.APPLIED, List.of()));
            await().until(() -> !github.requests.isEmpty());
            assertThat(github.statuses).isEmpty();
            github.release();
        }
        assertThat(github.statuses).containsExactly(STATUS + "pending applying", STATUS + "success +1 instance");
        assertThat(output).isEmpty();
    }

    @Test
    void aGithubThatNeverRespondsDelaysTheEndByTheTimeoutOnly() {
        try (BackgroundReporter reporter = reporter(Duration.ofMillis(100))) {
            reporter.started("dev", Optional.of(COMMIT));
            reporter.failed(result("dev", "apply", Outcome.FAILED, List.of()));
        }
        assertThat(github.statuses).isEmpty();
        assertThat(output).singleElement().asString().startsWith("GitHub did not respond within ");
    }

    @Test
    void aGithubThatIsDownIsAWarningOnly() {
        github.close();
        try (BackgroundReporter reporter = reporter(Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
        }
        assertThat(output).singleElement().asString().startsWith("the run could not be reported to GitHub: ");
    }

    @Test
    void aRunOfAnEarlierCommitIsReportedOnThatCommitToo() {
        github.release();
        try (BackgroundReporter reporter = reporter(Map.of("GITHUB_SHA", STARTED_BY), Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
            reporter.succeeded(result("dev", "apply", Outcome.APPLIED, List.of()));
        }
        assertThat(github.statuses)
                .containsExactly(
                        STATUS + "pending applying",
                        STARTED_BY + " bastion/apply/dev pending applying",
                        STATUS + "success +1 instance",
                        STARTED_BY + " bastion/apply/dev success +1 instance");
    }

    @Test
    void aFailedRunIsReportedOnBothCommits() {
        github.release();
        try (BackgroundReporter reporter = reporter(Map.of("GITHUB_SHA", STARTED_BY), Duration.ofSeconds(30))) {
            reporter.failed(result("dev", "apply", Outcome.FAILED, List.of()));
        }
        assertThat(github.statuses).hasSize(2).allMatch(status -> status.contains(" bastion/apply/dev failure "));
    }

    @Test
    void aRunIsReportedOnTheCommitThatStartedItWhenTheFilesCommitIsUnknown() {
        github.release();
        try (BackgroundReporter reporter = reporter(Map.of("GITHUB_SHA", STARTED_BY), Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.empty());
        }
        assertThat(github.statuses).containsExactly(STARTED_BY + " bastion/apply/dev pending applying");
    }

    @Test
    void aRunOfTheFilesOwnCommitIsReportedOnce() {
        github.release();
        try (BackgroundReporter reporter = reporter(Map.of("GITHUB_SHA", COMMIT), Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
        }
        assertThat(github.statuses).containsExactly(STATUS + "pending applying");
    }

    @Test
    void aCommitThatGithubDoesNotKnowKeepsNoReportFromTheOther() {
        github.release();
        github.refuse(COMMIT);
        try (BackgroundReporter reporter = reporter(Map.of("GITHUB_SHA", STARTED_BY), Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
        }
        assertThat(github.statuses).containsExactly(STARTED_BY + " bastion/apply/dev pending applying");
        assertThat(output).singleElement().asString().startsWith("the run could not be reported to GitHub: ");
    }

    private BackgroundReporter reporter(Duration timeout) {
        return reporter(Map.of(), timeout);
    }

    private BackgroundReporter reporter(Map<String, String> variables, Duration timeout) {
        Map<String, String> environment = new HashMap<>(github.environment());
        environment.putAll(variables);
        OutcomeReporter statusReporter = GithubStatusReporter.forApply(environment);
        return new BackgroundReporter(statusReporter, output::add, timeout);
    }
}
