package dev.bastion.github.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.github.FakeApp;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakePullRequests;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.github.pulls.GithubPullRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens: an App's, made and replaced, and a configured one. */
class GithubAuthenticationTest {
    private final FakePullRequests github = new FakePullRequests();
    private FakeGithub server;
    private FakeApp app;
    private GithubClient client;
    private PullRequests pulls;

    @BeforeEach
    void start() throws Exception {
        server = new FakeGithub();
        app = new FakeApp(server);
        server.with(app).with(github);
        github.open("bastion/prod/1");
        client = client(app.credentials());
        pulls = new GithubPullRequests(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private GithubClient client(GithubCredentials credentials) {
        return new GithubClient(
                new GithubSettings(server.url(), FakeGithub.REPOSITORY, credentials, Duration.ofSeconds(3)));
    }

    @Test
    void anAppActsUnderItsSlug() {
        assertThat(pulls.mine()).isEqualTo("bastion[bot]");
        pulls.mine();
        assertThat(server.log).as("asked once").containsExactly("GET /app 200");
    }

    @Test
    void theServicesAccountHasItsOwnAddress() throws Exception {
        server.once("GET", "/user", FakeResponse.of(200, FakeShapes.json("login", "octo_acme", "id", 583231)));
        server.once(
                "GET", "/users/octo_acme", FakeResponse.of(200, FakeShapes.json("login", "octo_acme", "id", 583231)));
        try (GithubClient account = client(new GithubCredentials.Token("ghs_1"))) {
            for (int asked = 0; asked < 2; asked++) {
                assertThat(account.noreplyAddress()).contains("583231+octo_acme@users.noreply.127.0.0.1");
            }
        }
    }

    @Test
    void aTokenIsMadeOnceWhileItLasts() {
        pulls.read(1);
        pulls.read(1);
        assertThat(app.tokens).hasValue(1);
    }

    @Test
    void aTokenThatEndsSoonIsReplaced() {
        app.tokensLast(Duration.ofMinutes(4));
        pulls.read(1);
        int made = app.tokens.get();
        pulls.read(1);
        assertThat(app.tokens).hasValue(made + 1);
        assertThat(server.asked.getLast().authorization()).isEqualTo("token ghs_" + (made + 1));
    }

    @Test
    void aRevokedInstallationTokenIsReplaced() {
        pulls.read(1);
        app.end();
        assertThat(pulls.read(1)).isPresent();
        assertThat(app.tokens).hasValue(2);
    }

    @Test
    void aKeyThatGithubDoesNotTakeIsAnErrorOfTheSettings() throws Exception {
        try (GithubClient other = client(new FakeApp(server).credentials())) {
            PullRequests stranger = new GithubPullRequests(other);
            assertThatThrownBy(() -> stranger.comment(1, "hello"))
                    .isInstanceOf(LedgerRejected.class)
                    .hasMessageContaining("github.app_id");
            assertThatThrownBy(stranger::mine).isInstanceOf(ObservationFailed.class);
        }
    }

    @Test
    void anAppThatIsNotInstalledIsRefused() {
        server.once("GET", "/app/installations/99", FakeResponse.message(404, "Not Found"));
        assertThatThrownBy(() -> pulls.comment(1, "hello"))
                .isInstanceOf(LedgerRejected.class)
                .hasMessageContaining("refused by GitHub: 404 Not Found; check");
    }

    @Test
    void aTokenThatGithubCannotMakeIsRequestedAgain() {
        server.once("POST", ".*/access_tokens", FakeResponse.of(502, "<html>Unicorn!</html>"));
        pulls.comment(1, "hello");
        assertThat(github.numbered(1).comments).containsExactly("hello");
    }

    @Test
    void aGithubThatMakesNoTokenForLongIsUnreachable() {
        for (int i = 0; i < 20; i++) {
            server.once("POST", ".*/access_tokens", FakeResponse.of(502, "<html>Unicorn!</html>"));
        }
        assertThatThrownBy(() -> pulls.comment(1, "hello")).isInstanceOf(LedgerUnreachable.class);
        assertThat(github.numbered(1).comments).isEmpty();
    }

    /** GitHub takes the first request for a token and answers it when two more calls wait for one. */
    @Test
    void callsThatWaitForATokenShareItsFailure() throws Exception {
        CountDownLatch othersWait = new CountDownLatch(1);
        try (FakeGithub silent = new FakeGithub()) {
            FakeApp installed = new FakeApp(silent);
            silent.with(asked -> asked.path().endsWith("/access_tokens") ? refusedAfter(othersWait) : Optional.empty())
                    .with(installed);
            GithubSettings settings = new GithubSettings(
                    silent.url(), FakeGithub.REPOSITORY, installed.credentials(), Duration.ofSeconds(60));
            try (GithubClient shared = new GithubClient(settings)) {
                List<FutureTask<Optional<PullRequest>>> calls = new ArrayList<>();
                List<Thread> threads = new ArrayList<>();
                for (int call = 0; call < 3; call++) {
                    calls.add(new FutureTask<>(() -> new GithubPullRequests(shared).read(1)));
                    threads.add(Thread.ofPlatform().start(calls.getLast()));
                }
                await().until(() -> blocked(threads) == 2 && !silent.asked.isEmpty());
                othersWait.countDown();
                assertThat(calls)
                        .allSatisfy(call -> assertThatThrownBy(call::get).hasMessageContaining("refused by GitHub"));
            }
            assertThat(silent.requests("POST")).hasSize(1);
        }
    }

    private static long blocked(List<Thread> threads) {
        return threads.stream()
                .filter(thread -> thread.getState() == Thread.State.BLOCKED)
                .count();
    }

    private static Optional<FakeResponse> refusedAfter(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(FakeResponse.message(403, "no"));
    }

    @Test
    void aTokenThatWasNotMadeIsRequestedByTheNextCall() {
        server.once("POST", ".*/access_tokens", FakeResponse.message(403, "no"));
        assertThatThrownBy(() -> pulls.read(1)).isInstanceOf(ObservationFailed.class);
        assertThat(pulls.read(1)).isPresent();
    }

    @Test
    void aTokenThatGithubDoesNotTakeIsAnErrorOfTheSettings() {
        try (GithubClient other = client(new GithubCredentials.Token("ghp_old"))) {
            PullRequests stranger = new GithubPullRequests(other);
            assertThatThrownBy(() -> stranger.comment(1, "hello"))
                    .isInstanceOf(LedgerRejected.class)
                    .hasMessageContaining("Bad credentials")
                    .hasMessageContaining("github.token");
        }
    }

    @Test
    void aRevokedTokenIsAFaultWithItsRemedyAfterOneCall() {
        FakeResponse revoked = FakeResponse.message(401, "Bad credentials");
        try (GithubClient other = client(new GithubCredentials.Token("ghp_old"))) {
            PullRequests outdated = new GithubPullRequests(other);
            assertThatThrownBy(() -> outdated.recent(Instant.MAX))
                    .isInstanceOf(ObservationFailed.class)
                    .hasMessageContaining("refused by GitHub: 401 Bad credentials")
                    .hasMessageContaining("expired or revoked: check github.token");
        }
        assertThat(server.log).containsExactly("GET /repos/acme/environments 401");
        server.once("GET", "/app", revoked);
        assertThatThrownBy(pulls::mine).hasMessageContaining("app_private_key");
    }

    @Test
    void anAppWhoseNewTokensAreRejectedTooDoesNotGoOnMakingThem() {
        pulls.read(1);
        for (int call = 0; call < 3; call++) {
            server.once("GET", ".*/pulls/1", FakeResponse.message(401, "Bad credentials"));
            server.once("GET", ".*/pulls/1", FakeResponse.message(401, "Bad credentials"));
        }
        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(() -> pulls.read(1)).isInstanceOf(ObservationFailed.class);
        }
        assertThat(app.tokens).as("one at first, and one more").hasValue(2);
    }

    @Test
    void theSameTokenOpensGit() {
        assertThat(client.gitPassword()).isEqualTo("ghs_1");
        app.tokensLast(Duration.ofMinutes(1));
        assertThat(client.gitPassword()).as("it lasts an hour").isEqualTo("ghs_1");
        server.close();
        assertThat(client.gitPassword()).as("nothing is sent").isEqualTo("ghs_1");
    }

    @Test
    void aMissingTokenForGitIsAFaultOfTheLedger() throws Exception {
        try (GithubClient strange = client(new FakeApp(server).credentials())) {
            assertThatThrownBy(strange::gitPassword).isInstanceOf(LedgerRejected.class);
            server.close();
            assertThatThrownBy(strange::gitPassword).isInstanceOf(LedgerUnreachable.class);
        }
    }
}
