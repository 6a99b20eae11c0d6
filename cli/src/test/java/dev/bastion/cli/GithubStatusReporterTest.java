package dev.bastion.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a run tells the forge, over a socket; a forge that hangs until a test lets it go. */
@Timeout(60)
class GithubStatusReporterTest {
    private static final String COMMIT = "0123456789".repeat(4);
    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"(\\w+)\"");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers = new CountDownLatch(1);
    private HttpServer forge;

    @BeforeEach
    void start() throws IOException {
        forge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        forge.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        forge.createContext("/", this::answer);
        forge.start();
    }

    @AfterEach
    void stop() {
        answers.countDown();
        forge.stop(0);
    }

    @Test
    void aSlowForgeIsToldEverythingInItsOrderAndNobodyWaitsForIt() {
        try (BackgroundReporter reporter = reporter(Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
            reporter.succeeded(result(Outcome.APPLIED));
            await().until(() -> !asked.isEmpty());
            assertThat(states).isEmpty();
            answers.countDown();
        }
        assertThat(states).containsExactly("pending", "success");
        assertThat(said).isEmpty();
    }

    @Test
    void aForgeThatNeverAnswersHoldsUpTheEndForAShortWhileOnly() {
        try (BackgroundReporter reporter = reporter(Duration.ofMillis(100))) {
            reporter.started("dev", Optional.of(COMMIT));
            reporter.failed(result(Outcome.FAILED));
        }
        assertThat(states).isEmpty();
        assertThat(said).singleElement().asString().startsWith("the forge did not answer within ");
    }

    @Test
    void aForgeThatIsDownIsRemarkedUponAndFailsNothing() {
        forge.stop(0);
        try (BackgroundReporter reporter = reporter(Duration.ofSeconds(30))) {
            reporter.started("dev", Optional.of(COMMIT));
        }
        assertThat(said).singleElement().asString().startsWith("the forge was not told: ");
    }

    private BackgroundReporter reporter(Duration patience) {
        OutcomeReporter told = GithubStatusReporter.configuredBy(Map.of(
                "GITHUB_API_URL", "http://127.0.0.1:" + forge.getAddress().getPort(),
                "GITHUB_REPOSITORY", "acme/infrastructure",
                "GITHUB_TOKEN", "t"));
        return new BackgroundReporter(told, said::add, patience);
    }

    private static RunResult result(Outcome outcome) {
        return new RunResult(
                "dev",
                "apply",
                "open",
                "cdktf",
                Optional.of(COMMIT),
                Optional.empty(),
                outcome,
                Optional.empty(),
                Optional.empty(),
                "+1 instance",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Instant.parse("2026-01-15T10:30:00Z"),
                Duration.ofSeconds(30),
                Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answers.await();
            var state = STATE.matcher(body);
            if (state.find()) {
                states.add(state.group(1));
            }
            byte[] answer =
                    "{\"id\": 1, \"name\": \"infrastructure\", \"full_name\": \"acme/infrastructure\", \"owner\": {\"login\": \"acme\"}}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
