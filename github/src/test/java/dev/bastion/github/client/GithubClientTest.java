package dev.bastion.github.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ApiCall ASK = ApiCall.get("user");
    private static final ApiCall DO = ApiCall.post(FakeShapes.json("name", "x"), "things");

    private FakeGithub server;
    private GithubClient calls;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub()
                .with(FakeGithub.whoAsks("octocat"))
                .with(ask -> ask.is("POST", "/things")
                        ? Optional.of(FakeResponse.of(201, FakeShapes.json("id", 1)))
                        : Optional.empty());
        calls = calls(server.url(), PATIENCE);
    }

    @AfterEach
    void stop() {
        calls.close();
        server.close();
    }

    private static GithubClient calls(URI url, Duration patience) {
        return new GithubClient(
                new GithubSettings(
                        url, FakeGithub.REPOSITORY, new GithubCredentials.Token("ghp_x"), Optional.empty(), patience),
                "");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aQuestionIsAskedAgainAfterTroubleOfGithubs(int status) throws IOException {
        server.once("GET", "/user", FakeResponse.of(status, "<html>Unicorn!</html>"));
        assertThat(calls.send(ASK).status()).isEqualTo(200);
        assertThat(server.log).containsExactly("GET /user " + status, "GET /user 200");
    }

    @Test
    void whatMayHaveHappenedIsNotDoneAgain() {
        server.once("POST", "/things", FakeResponse.of(502, "<html>Unicorn!</html>"));
        assertThatThrownBy(() -> calls.send(DO))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageContaining("502");
        assertThat(server.log).hasSize(1);
    }

    @Test
    void aShortLimitIsWaitedForEvenBeforeWhatMustHappenOnce() throws IOException {
        server.once("POST", "/things", limited(403).with("Retry-After", "1"));
        long before = System.nanoTime();
        assertThat(calls.send(DO).status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aLongLimitIsToldAtOnceWithItsEndAndGithubIsLeftAlone(int status) {
        server.once("GET", "/user", limited(status).with("Retry-After", "60"));
        assertThatThrownBy(() -> calls.send(ASK))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageMatching("the secondary rate limit of GitHub is reached, until \\d{4}-.*Z");
        assertThatThrownBy(() -> calls.send(DO))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageContaining("until");
        assertThat(server.log).as("the second request was never sent").hasSize(1);
    }

    @Test
    void aLimitToldInTheBodyOnlyIsOne() {
        server.once("GET", "/user", limited(403));
        assertThatThrownBy(() -> calls.send(ASK))
                .isInstanceOfSatisfying(
                        GithubUnavailable.class,
                        told -> assertThat(told.pause()).contains(Duration.ofMinutes(1)));
    }

    @Test
    void aUsedUpLimitIsToldWithItsReset() {
        long reset = Instant.now().plusSeconds(1800).getEpochSecond();
        server.once(
                "GET",
                "/user",
                FakeResponse.message(403, "API rate limit exceeded for user ID 1.")
                        .with("X-RateLimit-Limit", "5000")
                        .with("X-RateLimit-Remaining", "0")
                        .with("X-RateLimit-Reset", Long.toString(reset)));
        assertThatThrownBy(() -> calls.send(ASK))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessage("the rate limit of GitHub is reached, until " + Instant.ofEpochSecond(reset + 1));
    }

    @Test
    void aRefusalIsNoLimit() {
        server.once("GET", "/user", FakeResponse.message(403, "Resource not accessible by integration"));
        assertThatThrownBy(() -> calls.send(ASK))
                .isInstanceOf(GithubRejected.class)
                .hasMessage("GitHub answered 403 to GET /user: Resource not accessible by integration");
        assertThat(server.log).hasSize(1);
    }

    @Test
    void aGithubThatIsNotThereIsTriedForOnePatience() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        long before = System.nanoTime();
        try (GithubClient down = calls(nobody, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> down.send(DO))
                    .isInstanceOf(GithubUnavailable.class)
                    .hasMessageContaining("not reached");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aGithubThatIsSilentIsUnanswered() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                GithubClient waiting =
                        calls(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(600))) {
            assertThatThrownBy(() -> waiting.send(ASK)).isInstanceOf(GithubUnavailable.class);
        }
    }

    @Test
    void anAnswerOfSomebodyElseIsNone() {
        server.once("GET", "/user", FakeResponse.of(200, "<html>Sign in to the proxy</html>"));
        assertThatThrownBy(() -> calls.send(ASK).as(ApiModel.User.class)).isInstanceOf(GithubUnavailable.class);
    }

    @Test
    void aPageElsewhereIsNotFollowedWithTheToken() throws IOException {
        try (ServerSocket thief = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String link = "<http://127.0.0.1:" + thief.getLocalPort() + "/api/v3/users?page=2>; rel=\"next\"";
            server.once(
                    "GET",
                    "/users",
                    FakeResponse.list(List.of(FakeShapes.user("octocat"))).with("Link", link));
            assertThat(calls.all(ApiCall.get("users"), ApiModel.User[].class)).hasSize(1);
            thief.setSoTimeout(50);
            assertThatThrownBy(thief::accept).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aListWithoutEndIsLeft() {
        server.with(ask -> ask.is("GET", "/endless")
                ? Optional.of(FakeResponse.list(List.of(FakeShapes.user("octocat")))
                        .with("Link", "<" + server.url() + "/endless>; rel=\"next\""))
                : Optional.empty());
        assertThatThrownBy(() -> calls.all(ApiCall.get("endless"), ApiModel.User[].class))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageContaining("no end");
        assertThat(server.log).hasSize(100);
    }

    @Test
    void partsOfAPathAreOneEach() throws IOException {
        server.with(ask -> ask.is("GET", "/a/b c/d.*") ? Optional.of(FakeResponse.of(200, "{}")) : Optional.empty());
        calls.send(ApiCall.get("a", "b c", "d/../e?f#g"));
        assertThat(server.asked.getLast().path()).isEqualTo("/a/b c/d/../e?f#g");
    }

    @Test
    void whatIsWrongIsTakenFromBeneathTheMessageToo() throws IOException {
        ApiResponse reply = new ApiResponse(
                422,
                okhttp3.Headers.of(),
                "{\"message\": \"Validation Failed\", \"errors\": [{\"message\": \"No commits\\n between\"},"
                        + " {\"field\": \"head\", \"code\": \"invalid\"}, \"plain\"]}");
        assertThat(GithubRejected.sentence(reply.json()))
                .isEqualTo("Validation Failed; No commits between; head invalid; plain");
        assertThat(GithubRejected.sentence(new ApiResponse(502, okhttp3.Headers.of(), "<html>").json()))
                .isEqualTo("nothing");
    }

    private static FakeResponse limited(int status) {
        return FakeResponse.message(
                status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
    }
}
