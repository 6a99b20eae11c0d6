package dev.bastion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.access.grant.CommitId;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a plan tells the forge, over a socket: on the pull request's head, whatever last touched the file. */
@Timeout(60)
class PlanStatusTest {
    private static final CommitId HEAD = new CommitId("a".repeat(40));
    private static final String TOUCHED = "b".repeat(40);

    private final List<String> posted = new CopyOnWriteArrayList<>();
    private HttpServer forge;

    @BeforeEach
    void start() throws IOException {
        forge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        forge.createContext("/", this::answer);
        forge.start();
    }

    @AfterEach
    void stop() {
        forge.stop(0);
    }

    @Test
    void pendingAndThenWhatItWouldDo() {
        OutcomeReporter reporter = reporter();
        reporter.started("prod/orders", Optional.of(TOUCHED));
        reporter.succeeded(result(Outcome.PLANNED, List.of()));
        assertThat(posted)
                .containsExactly(
                        HEAD + " bastion/plan/prod/orders pending planning",
                        HEAD + " bastion/plan/prod/orders success +1 instance");
    }

    @Test
    void whatTheGuardRefusedIsSaid() {
        reporter().failed(result(Outcome.REFUSED, List.of("aws_vpc.x is not the bastion's", "aws_iam_role.y either")));
        assertThat(posted)
                .containsExactly(HEAD + " bastion/plan/prod/orders failure refused: aws_vpc.x is not the bastion's;"
                        + " aws_iam_role.y either");
    }

    private OutcomeReporter reporter() {
        return GithubStatusReporter.ofPlans(
                HEAD,
                Map.of(
                        "GITHUB_API_URL",
                                "http://127.0.0.1:" + forge.getAddress().getPort(),
                        "GITHUB_REPOSITORY", "acme/infrastructure",
                        "GITHUB_TOKEN", "t"));
    }

    private static RunResult result(Outcome outcome, List<String> objections) {
        return new RunResult(
                "prod/orders",
                "plan",
                "open",
                "cdktf",
                Optional.of(TOUCHED),
                Optional.empty(),
                outcome,
                Optional.empty(),
                Optional.empty(),
                "+1 instance",
                List.of(),
                objections,
                List.of(),
                Map.of(),
                Instant.parse("2026-01-15T10:30:00Z"),
                Duration.ofSeconds(30),
                Map.of());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            if (exchange.getRequestMethod().equals("POST")) {
                String path = exchange.getRequestURI().getPath();
                posted.add(path.substring(path.lastIndexOf('/') + 1) + " "
                        + body.path("context").asText() + " "
                        + body.path("state").asText() + " "
                        + body.path("description").asText());
            }
            byte[] answer =
                    "{\"id\": 1, \"name\": \"infrastructure\", \"full_name\": \"acme/infrastructure\", \"owner\": {\"login\": \"acme\"}}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("POST") ? 201 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
