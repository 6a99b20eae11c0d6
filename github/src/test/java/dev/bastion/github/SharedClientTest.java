package dev.bastion.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.pulls.GithubPullRequests;
import dev.bastion.github.rules.GithubRules;
import dev.bastion.github.status.GithubApplyMonitor;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that the service does at GitHub, over one client: its token, its rate limit and its ETags hold for all. */
class SharedClientTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final RequiredPermissions USE =
            new RequiredPermissions("main", true, true, "bastion@users.noreply.github.com", "environments");

    private FakeGithub server;
    private FakeApp app;
    private GithubClient client;
    private PullRequests pulls;
    private GithubApplyMonitor applies;
    private GithubRules rules;

    @BeforeEach
    void start() throws Exception {
        server = new FakeGithub();
        app = new FakeApp(server);
        FakePullRequests pullRequests = new FakePullRequests();
        pullRequests.open("bastion/dev/1");
        server.with(app).with(pullRequests).with(new FakeStatuses()).with(new FakeRules());
        client = new GithubClient(
                new GithubSettings(server.url(), FakeGithub.REPOSITORY, app.credentials(), Duration.ofSeconds(3)));
        pulls = new GithubPullRequests(client);
        applies = new GithubApplyMonitor(client, "ci");
        rules = new GithubRules(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void oneTokenServesThemAllAndGitToo() {
        pulls.read(1);
        applies.reportOn(DEV, COMMIT);
        rules.problems(USE);
        assertThat(client.gitPassword()).isEqualTo("ghs_1");
        assertThat(app.tokens).hasValue(1);
    }

    @Test
    void aLimitThatOneOfThemMeetsStopsTheOthersBeforeTheySendAnything() {
        pulls.read(1);
        server.once(
                "GET",
                ".*/pulls/1",
                FakeResponse.message(403, "You have exceeded a secondary rate limit.")
                        .with("Retry-After", "60"));
        assertThatThrownBy(() -> pulls.read(1)).isInstanceOf(ObservationFailed.class);
        server.log.clear();
        assertThatThrownBy(() -> applies.reportOn(DEV, COMMIT)).hasMessageContaining("secondary rate limit");
        assertThatThrownBy(() -> rules.problems(USE)).hasMessageContaining("secondary rate limit");
        assertThat(server.log).isEmpty();
    }

    @Test
    void whatOneOfThemReadIsNotSentToAnother() {
        pulls.statuses(COMMIT);
        applies.reportOn(DEV, COMMIT);
        assertThat(server.log)
                .filteredOn(line -> line.contains("/statuses"))
                .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
                .containsExactly("200", "304");
    }

    @Test
    void theRepositoryIsReadOnceForAll() {
        pulls.read(1);
        applies.reportOn(DEV, COMMIT);
        pulls.comment(1, "hello");
        assertThat(server.requests("GET"))
                .filteredOn(line -> line.startsWith("GET /repos/acme/environments "))
                .hasSize(1);
    }
}
