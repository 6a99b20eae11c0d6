package dev.bastion.github.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.FakeApp;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeStatuses;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitStatusesTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/7"));
    private static final Optional<Instant> AT = Optional.of(Instant.parse("2026-01-15T10:30:00Z"));
    private static final ApplyStatus RUNNING = new ApplyStatus.Running(RUN, AT);

    private final FakeStatuses github = new FakeStatuses();
    private FakeGithub server;
    private GithubClient client;
    private GithubApplyMonitor watch;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub().with(github);
        client = new GithubClient(settings(new GithubCredentials.Token("ghp_x")));
        watch = new GithubApplyMonitor(client, "ci");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private GithubSettings settings(GithubCredentials credentials) {
        return new GithubSettings(server.url(), "acme/environments", credentials, GithubSettings.USUAL_PATIENCE);
    }

    @Test
    void anUnreportedCommitIsUnknown() {
        github.says("bastion/apply/prod", "success", "another environment's");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyStatus.Unknown());
    }

    @Test
    void theNewestStatusOfTheEnvironmentCounts() {
        github.says("bastion/apply/dev", "pending", "planning");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(RUNNING);
        github.says("bastion/apply/dev", "failure", "apply: no such subnet");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyStatus.Failed("apply: no such subnet", RUN, AT));
        github.says("bastion/apply/dev", "success", "+1 instance");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyStatus.Succeeded(RUN, AT));
    }

    @Test
    void onlyCisOwnReportsCount() {
        github.says("writer", "bastion/apply/dev", "success", "done");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyStatus.Unknown());
        github.says("bastion/apply/dev", "pending", "planning");
        github.says("writer", "bastion/apply/dev", "success", "done");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(RUNNING);
    }

    @Test
    void unchangedStatusesAreNotSentAgain() {
        github.says("bastion/apply/dev", "pending", "planning");
        watch.reportOn(DEV, COMMIT);
        watch.reportOn(DEV, COMMIT);
        github.says("bastion/apply/dev", "success", "done");
        watch.reportOn(DEV, COMMIT);
        watch.reportOn(DEV, COMMIT);
        assertThat(server.requests("GET"))
                .filteredOn(line -> line.contains("/statuses"))
                .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
                .containsExactly("200", "304", "200", "304");
    }

    @Test
    void aRunThatIsStartedAgainAfterItsSuccessIsRunning() {
        github.says("bastion/apply/dev", "success", "done");
        assertThat(watch.reportOn(DEV, COMMIT)).isInstanceOf(ApplyStatus.Succeeded.class);
        github.says("bastion/apply/dev", "pending", "planning");
        assertThat(watch.reportOn(DEV, COMMIT)).isInstanceOf(ApplyStatus.Running.class);
    }

    @Test
    void aFailedReadIsAFaultAndIsRepeatedLater() {
        server.once("GET", ".*/statuses.*", FakeResponse.message(403, "not now"));
        assertThatThrownBy(() -> watch.reportOn(DEV, COMMIT)).isInstanceOf(ObservationFailed.class);
        github.says("bastion/apply/dev", "success", "done");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyStatus.Succeeded(RUN, AT));
    }

    @Test
    void aStatusIsPostedWithItsDescriptionCut() {
        new CommitStatuses(client, CommitStatuses.Subject.APPLY)
                .post(DEV, COMMIT, CommitStatus.State.FAILURE, "x".repeat(200), RUN);
        assertThat(github.posted)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("/repos/acme/environments/statuses/" + COMMIT)
                        .contains("\"state\":\"failure\"", "\"context\":\"bastion/apply/dev\"", "https://ci.example/7")
                        .contains("\"" + "x".repeat(139) + "…\""));
    }

    @Test
    void aPlanHasItsOwnContext() {
        new CommitStatuses(client, CommitStatuses.Subject.PLAN)
                .post(DEV, COMMIT, CommitStatus.State.SUCCESS, "+1 instance", Optional.empty());
        assertThat(github.posted)
                .singleElement()
                .satisfies(request -> assertThat(request).contains("\"context\":\"bastion/plan/dev\""));
    }

    @Test
    void anAppReadsWithItsInstallationsToken() throws Exception {
        server.close();
        server = new FakeGithub();
        FakeApp installed = new FakeApp(server);
        server.with(installed).with(github);
        github.says("bastion/apply/dev", "success", "done");
        try (GithubClient asApp = new GithubClient(settings(installed.credentials()))) {
            assertThat(new GithubApplyMonitor(asApp, "ci").reportOn(DEV, COMMIT))
                    .isEqualTo(new ApplyStatus.Succeeded(RUN, AT));
        }
        assertThat(installed.tokens).hasValue(1);
    }

    @Test
    void secretsAreNeverPrinted() {
        assertThat(settings(new GithubCredentials.Token("ghp_x")).toString()).doesNotContain("ghp_x");
        assertThat(new GithubCredentials.App("7", "pem text", 1).toString()).doesNotContain("pem text");
    }
}
