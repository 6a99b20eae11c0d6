package dev.bastion.github.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interceptors, by the calls of github-api and by our own: both go through the same ones. */
class GithubClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String HERE = "/repos/acme/environments";
    private static final String THINGS = HERE + "/things";

    private FakeGithub server;
    private GithubClient github;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub()
                .lenient()
                .with(FakeGithub.whoAsks("octocat"))
                .with(ask -> ask.is("GET", THINGS)
                        ? Optional.of(FakeResponse.list(List.of(FakeShapes.json("id", 1))))
                        : Optional.empty())
                .with(ask -> ask.is("POST", THINGS)
                        ? Optional.of(FakeResponse.of(201, FakeShapes.json("id", 2)))
                        : Optional.empty());
        github = client(server.url(), PATIENCE);
        github.repository();
        server.log.clear();
    }

    @AfterEach
    void stop() {
        github.close();
        server.close();
    }

    private static GithubClient client(URI url, Duration patience) {
        return new GithubClient(
                new GithubSettings(url, FakeGithub.REPOSITORY, new GithubCredentials.Token("ghp_x"), patience));
    }

    private JsonNode ask() throws IOException {
        return github.rest().get("things");
    }

    private JsonNode act() throws IOException {
        return github.rest().send("POST", FakeShapes.json("name", "x"), "things");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void readIsRepeatedAfterAnErrorOfGithub(int status) throws IOException {
        server.once("GET", THINGS, FakeResponse.of(status, "<html>Unicorn!</html>"));
        assertThat(ask()).hasSize(1);
        assertThat(server.log).containsExactly("GET " + THINGS + " " + status, "GET " + THINGS + " 200");
    }

    @Test
    void readOfTheLibraryIsRepeatedToo() throws IOException {
        server.once("GET", "/user", FakeResponse.of(502, "<html>Unicorn!</html>"));
        assertThat(github.login()).isEqualTo("octocat");
        assertThat(server.log).containsExactly("GET /user 502", "GET /user 200");
    }

    @Test
    void whatMayHaveHappenedIsNotRepeated() {
        server.once("POST", THINGS, FakeResponse.of(502, "<html>Unicorn!</html>"));
        assertThatThrownBy(this::act).isInstanceOf(GithubUnavailable.class).hasMessageContaining("502");
        assertThat(server.log).hasSize(1);
    }

    @Test
    void theLibraryDoesNotRepeatWhatMayHaveHappenedEither() throws IOException {
        server.once("POST", HERE + "/pulls", FakeResponse.of(502, "<html>Unicorn!</html>"));
        assertThatThrownBy(() -> github.repository().createPullRequest("title", "branch", "main", "body"))
                .isInstanceOf(GithubUnavailable.class);
        assertThat(server.log).hasSize(1);
    }

    @Test
    void aShortLimitIsWaitedForEvenBeforeWhatMustHappenOnce() throws IOException {
        server.once("POST", THINGS, limited(403).with("Retry-After", "1"));
        long before = System.nanoTime();
        assertThat(act().path("id").asInt()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aLongLimitEndsTheCallAtOnceAndNothingIsSentUntilTheReset(int status) {
        server.once("GET", THINGS, limited(status).with("Retry-After", "60"));
        assertThatThrownBy(this::ask)
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageMatching("the secondary rate limit of GitHub is reached, until \\d{4}-.*Z");
        assertThatThrownBy(this::act).isInstanceOf(GithubUnavailable.class).hasMessageContaining("until");
        assertThatThrownBy(github::login).isInstanceOf(GithubUnavailable.class).hasMessageContaining("until");
        assertThat(server.log).as("the other requests were never sent").hasSize(1);
    }

    @Test
    void aLimitSaidInTheBodyAloneIsOne() {
        server.once("GET", THINGS, limited(403));
        assertThatThrownBy(this::ask)
                .isInstanceOfSatisfying(
                        GithubUnavailable.class,
                        fault -> assertThat(fault.pause()).contains(Duration.ofMinutes(1)));
    }

    @Test
    void aUsedUpLimitNamesItsReset() {
        long reset = Instant.now().plusSeconds(1800).getEpochSecond();
        server.once(
                "GET",
                THINGS,
                FakeResponse.message(403, "API rate limit exceeded for user ID 1.")
                        .with("X-RateLimit-Limit", "5000")
                        .with("X-RateLimit-Remaining", "0")
                        .with("X-RateLimit-Reset", Long.toString(reset)));
        assertThatThrownBy(this::ask)
                .isInstanceOf(GithubUnavailable.class)
                .hasMessage("the rate limit of GitHub is reached, until " + Instant.ofEpochSecond(reset + 1));
    }

    @Test
    void aRefusalIsNoLimit() {
        server.once("GET", "/user", FakeResponse.message(403, "Resource not accessible by integration"));
        assertThatThrownBy(github::login)
                .isInstanceOf(GithubRejected.class)
                .hasMessage("GitHub answered 403 to GET /user: Resource not accessible by integration");
        assertThat(server.log).hasSize(1);
    }

    @Test
    void aCommitThatGithubDoesNotKnowYetIsWrittenToAgain() throws IOException {
        FakeResponse notYet = FakeResponse.message(422, "No commit found for SHA: " + "a".repeat(40));
        server.once("POST", THINGS, notYet);
        server.once("POST", THINGS, notYet);
        assertThat(act().path("id").asInt()).isEqualTo(2);
        assertThat(server.log).hasSize(3);
    }

    @Test
    void aCommitThatGithubNeverKnowsIsARefusal() {
        for (int i = 0; i < 10; i++) {
            server.once("POST", THINGS, FakeResponse.message(422, "No commit found for SHA: " + "a".repeat(40)));
        }
        assertThatThrownBy(this::act).isInstanceOf(GithubRejected.class).hasMessageContaining("No commit found");
        assertThat(server.log).as("for one patience").hasSizeBetween(4, 9);
    }

    @Test
    void aGithubThatIsNotThereIsTriedForOnePatience() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        long before = System.nanoTime();
        try (GithubClient down = client(nobody, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> down.rest().send("POST", Map.of(), "things"))
                    .isInstanceOf(GithubUnavailable.class)
                    .hasMessageContaining("not reached");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aSilentGithubIsUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                GithubClient waiting =
                        client(URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(600))) {
            assertThatThrownBy(waiting::login).isInstanceOf(GithubUnavailable.class);
            assertThatThrownBy(() -> waiting.rest().get("things")).isInstanceOf(GithubUnavailable.class);
        }
    }

    @Test
    void aResponseThatIsNotGithubsIsAFault() {
        server.once("GET", THINGS, FakeResponse.of(200, "<html>Sign in to the proxy</html>"));
        assertThatThrownBy(this::ask).isInstanceOf(GithubUnavailable.class).hasMessageContaining("cannot be read");
        server.once("GET", THINGS, FakeResponse.of(200, "<html>Sign in to the proxy</html>"));
        assertThatThrownBy(() -> github.rest().list(JsonNode[].class, "things")).isInstanceOf(GithubUnavailable.class);
    }

    @Test
    void aPageElsewhereIsNeverAskedForWithTheToken() throws IOException {
        try (ServerSocket thief = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String link = "<http://127.0.0.1:" + thief.getLocalPort() + "/api/v3/users?page=2>; rel=\"next\"";
            server.once(
                    "GET",
                    THINGS,
                    FakeResponse.list(List.of(FakeShapes.json("id", 1))).with("Link", link));
            assertThatThrownBy(() -> github.rest().list(JsonNode[].class, "things"))
                    .as("a list without its end is not taken for the whole")
                    .isInstanceOf(GithubRejected.class)
                    .hasMessageContaining("http://127.0.0.1:" + thief.getLocalPort());
            assertNobodyCame(thief);
        }
    }

    @Test
    void aRedirectToAnotherHostIsNotFollowed() throws IOException {
        try (ServerSocket thief = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            FakeResponse redirect = FakeResponse.message(301, "Moved Permanently")
                    .with("Location", "http://127.0.0.1:" + thief.getLocalPort() + "/user");
            server.once("GET", "/user", redirect);
            assertThatThrownBy(github::login).isInstanceOf(GithubRejected.class);
            server.once("POST", THINGS, redirect);
            assertThatThrownBy(this::act).isInstanceOf(GithubRejected.class);
            assertNobodyCame(thief);
        }
    }

    private static void assertNobodyCame(ServerSocket thief) throws IOException {
        thief.setSoTimeout(50);
        assertThatThrownBy(thief::accept).isInstanceOf(IOException.class);
    }

    @Test
    void aRedirectKeepsTheMethodAndTheBody() throws IOException {
        server.once(
                "POST",
                THINGS,
                FakeResponse.message(307, "Temporary Redirect").with("Location", server.url() + THINGS));
        assertThat(act().path("id").asInt()).isEqualTo(2);
        assertThat(server.asked.getLast().json().path("name").asText()).isEqualTo("x");
        assertThat(server.asked.getLast().authorization()).isEqualTo("token ghp_x");
    }

    @Test
    void aRedirectInACircleEnds() {
        server.with(ask -> ask.is("GET", HERE + "/circle")
                ? Optional.of(FakeResponse.message(302, "Found").with("Location", server.url() + HERE + "/circle"))
                : Optional.empty());
        assertThatThrownBy(() -> github.rest().get("circle")).isInstanceOf(GithubRejected.class);
    }

    @Test
    void aListWithoutEndIsAbandoned() {
        server.with(ask -> ask.is("GET", HERE + "/endless")
                ? Optional.of(FakeResponse.list(List.of(FakeShapes.user("octocat")))
                        .with("Link", "<" + server.url() + HERE + "/endless>; rel=\"next\""))
                : Optional.empty());
        assertThatThrownBy(() -> github.rest().list(JsonNode[].class, "endless"))
                .isInstanceOf(GithubUnavailable.class)
                .hasMessageContaining("no end");
        assertThat(server.log).hasSize(100);
    }

    @Test
    void eachSegmentOfAPathIsEncoded() throws IOException {
        server.with(
                ask -> ask.is("GET", HERE + "/a/b c/d.*") ? Optional.of(FakeResponse.of(200, "{}")) : Optional.empty());
        github.rest().get("a", "b c", "d/../e?f#g");
        assertThat(server.asked.getLast().path()).isEqualTo(HERE + "/a/b c/d/../e?f#g");
    }

    @Test
    void theReasonOfARefusalIncludesTheErrorsBeneathItsMessage() {
        server.once(
                "POST",
                THINGS,
                FakeResponse.of(
                        422,
                        "{\"message\": \"Validation Failed\", \"errors\": [{\"message\": \"No commits\\n between\"},"
                                + " {\"field\": \"base\", \"code\": \"invalid\"}, \"plain\"]}"));
        assertThatThrownBy(this::act)
                .isInstanceOfSatisfying(
                        GithubRejected.class,
                        refusal -> assertThat(refusal.reason())
                                .isEqualTo("Validation Failed; No commits between; base invalid; plain"));
        server.once("POST", THINGS, FakeResponse.of(400, "<html>"));
        assertThatThrownBy(this::act).hasMessageEndingWith("no reason given");
    }

    @Test
    void whatHasNotChangedIsAnsweredFromMemory() throws IOException {
        assertThat(ask()).isEqualTo(ask());
        assertThat(server.log).containsExactly("GET " + THINGS + " 200", "GET " + THINGS + " 304");
    }

    @Test
    void theMemoryForResponsesIsBounded() throws IOException {
        String large = "\"" + "x".repeat(3 << 20) + "\"";
        server.with(
                ask -> ask.is("GET", HERE + "/large/.") ? Optional.of(FakeResponse.of(200, large)) : Optional.empty());
        for (String name : List.of("1", "2", "3", "3", "1")) {
            github.rest().get("large", name);
        }
        assertThat(server.log)
                .as("the least recently used one made room")
                .extracting(line -> line.substring(line.length() - 5))
                .containsExactly("1 200", "2 200", "3 200", "3 304", "1 200");
    }

    @Test
    void aRepositoryMustBeWrittenWithItsOwner() {
        assertThatThrownBy(() -> new GithubClient(new GithubSettings(
                        server.url(), "environments", new GithubCredentials.Token("ghp_x"), PATIENCE)))
                .hasMessage("github.repository must be written owner/name, not \"environments\"");
    }

    private static FakeResponse limited(int status) {
        return FakeResponse.message(
                status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
    }
}
