package dev.bastion.ledger.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.ApplyReport;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.ObservationFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitStatusesTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final Optional<URI> RUN = Optional.of(URI.create("https://ci.example/7"));

    @TempDir
    private Path cache;

    private SmallGithub github;
    private GithubApplyWatch watch;

    @BeforeEach
    void start() throws IOException {
        github = new SmallGithub();
        watch = new GithubApplyWatch(settings(new GithubCredentials.Token("ghp_x")));
    }

    @AfterEach
    void stop() {
        watch.close();
        github.close();
    }

    private GithubSettings settings(GithubCredentials credentials) {
        return new GithubSettings(
                github.url(), "acme/environments", credentials, Optional.of(cache), GithubSettings.USUAL_PATIENCE);
    }

    @Test
    void nothingIsKnownWhereNobodyReports() {
        github.says("bastion/apply/prod", "success", "another environment's");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Unknown());
    }

    @Test
    void theNewestStatusOfTheEnvironmentCounts() {
        github.says("bastion/apply/dev", "pending", "planning");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Running(RUN));
        github.says("bastion/apply/dev", "failure", "apply: no such subnet");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Failed("apply: no such subnet", RUN));
        github.says("bastion/apply/dev", "success", "+1 instance");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Succeeded(RUN));
    }

    @Test
    void whatHasNotChangedIsNotSentAgainAndSuccessIsNotEvenAskedFor() {
        github.says("bastion/apply/dev", "pending", "planning");
        watch.reportOn(DEV, COMMIT);
        watch.reportOn(DEV, COMMIT);
        github.says("bastion/apply/dev", "success", "done");
        watch.reportOn(DEV, COMMIT);
        watch.reportOn(DEV, COMMIT);
        assertThat(github.requests)
                .containsExactly("environments token", "statuses 200", "statuses 304", "statuses 200");
    }

    @Test
    void aGithubThatIsDownIsSaidAndAskedAgain() {
        github.failWith(403);
        assertThatThrownBy(() -> watch.reportOn(DEV, COMMIT)).isInstanceOf(ObservationFailed.class);
        github.failWith(0);
        github.says("bastion/apply/dev", "success", "done");
        assertThat(watch.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Succeeded(RUN));
    }

    @Test
    void aStatusIsPostedWithItsDescriptionCut() {
        try (CommitStatuses statuses = new CommitStatuses(settings(new GithubCredentials.Token("ghp_x")))) {
            statuses.post(DEV, COMMIT, CommitStatuses.State.FAILURE, "x".repeat(200), RUN);
        }
        assertThat(github.posted)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("/api/v3/repos/acme/environments/statuses/" + COMMIT)
                        .contains("\"state\":\"failure\"", "\"context\":\"bastion/apply/dev\"", "https://ci.example/7")
                        .contains("\"" + "x".repeat(139) + "…\""));
    }

    @Test
    void anAppShowsItsKeyAndThenWorksWithItsInstallationsToken() throws Exception {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        github.says("bastion/apply/dev", "success", "done");
        try (GithubApplyWatch asApp = new GithubApplyWatch(settings(new GithubCredentials.App("7", pem, 99)))) {
            assertThat(asApp.reportOn(DEV, COMMIT)).isEqualTo(new ApplyReport.Succeeded(RUN));
        }
        assertThat(github.requests)
                .containsSubsequence("99 Bearer", "access_tokens Bearer", "environments token", "statuses 200");
    }

    @Test
    void secretsAreNeverPrinted() {
        assertThat(settings(new GithubCredentials.Token("ghp_x")).toString()).doesNotContain("ghp_x");
        assertThat(new GithubCredentials.App("7", "pem text", 1).toString()).doesNotContain("pem text");
    }
}
