package dev.bastion.cli;

import static dev.bastion.cli.FakeStatusApi.COMMIT;
import static dev.bastion.cli.FakeStatusApi.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.apply.ApplyReports;
import dev.bastion.apply.ChangedResult;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports of earlier runs over a socket. */
@Timeout(60)
class GithubApplyReportsTest {
    private static final String CI = "github-actions[bot]";

    private FakeStatusApi github;

    @BeforeEach
    void start() throws IOException {
        github = new FakeStatusApi();
    }

    @AfterEach
    void stop() {
        github.close();
    }

    @Test
    void theLatestStatusOfEachEnvironmentCounts() {
        github.has(CI, "bastion/apply/dev", "success");
        github.has(CI, "bastion/apply/dev", "failure");
        github.has(CI, "bastion/apply/prod/orders", "failure");
        github.has(CI, "bastion/apply/staging", "pending");
        github.has(CI, "bastion/plan/test", "success");
        ApplyReports.OnCommit report = reports().on(COMMIT);
        assertThat(report.applied()).containsExactly("dev");
        assertThat(report.failed()).containsExactlyInAnyOrder("prod/orders", "staging");
        assertThat(report.isEnd()).isFalse();
    }

    /** Else a writer could keep a closing from being applied after its own run was superseded. */
    @Test
    void aStatusOfAnotherAccountCountsForNothing() {
        github.has("mallory", "bastion/apply", "success");
        github.has("mallory", "bastion/apply/dev", "success");
        assertThat(reports().on(COMMIT)).isEqualTo(ApplyReports.OnCommit.NOTHING);
        github.has(CI, "bastion/apply", "failure");
        assertThat(reports().on(COMMIT).isEnd()).isTrue();
    }

    @Test
    void theEndIsReportedAfterTheFailures() {
        reports().ended(COMMIT, ended(result("dev", "apply", Outcome.FAILED, List.of()), success("staging")));
        assertThat(github.statuses)
                .containsExactly(
                        COMMIT + " bastion/apply/dev failure +1 instance",
                        COMMIT + " bastion/apply failure done: staging; failed: dev");
    }

    @Test
    void aFailureOfAnEarlierRunIsTakenBack() {
        github.has(CI, "bastion/apply/dev", "failure");
        reports().ended(COMMIT, ended(success("dev"), success("staging")));
        assertThat(github.statuses)
                .containsExactly(
                        COMMIT + " bastion/apply/dev success +1 instance",
                        COMMIT + " bastion/apply success done: dev, staging");
    }

    @Test
    void aFailureThatCannotBeReportedLeavesNoEnd() {
        github.refuse(COMMIT);
        assertThatThrownBy(() -> reports().ended(COMMIT, ended(result("dev", "apply", Outcome.FAILED, List.of()))))
                .isInstanceOf(ObservationFailed.class);
        assertThat(github.statuses).isEmpty();
    }

    @Test
    void outsideAJobThereAreNone() {
        assertThat(GithubApplyReports.of(Map.of(), CI)).isEmpty();
    }

    private static RunResult success(String environment) {
        return result(environment, "apply", Outcome.APPLIED, List.of());
    }

    private static ChangedResult ended(RunResult... results) {
        return new ChangedResult(COMMIT, Instant.parse("2026-01-15T10:30:00Z"), List.of(results), List.of());
    }

    private ApplyReports reports() {
        return GithubApplyReports.of(github.environment(), CI).orElseThrow();
    }
}
