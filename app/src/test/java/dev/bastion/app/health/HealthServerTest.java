package dev.bastion.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicBoolean slack = new AtomicBoolean();
    private final HealthServer server = new HealthServer(
            "127.0.0.1",
            0,
            List.of(new HealthCondition("reconcile", alive::get, () -> List.of("no pass has finished"))),
            List.of(new HealthCondition("slack", slack::get), new HealthCondition("git", () -> true)),
            metrics);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isAliveBeforeItIsReadyAndNamesTheFailedCondition() throws Exception {
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/readyz")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("FAIL slack\nok   git\n");
        });
        slack.set(true);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void aRemarkIsPrintedBelowItsConditionWithoutFailingIt() throws Exception {
        HealthCondition forge = new HealthCondition("forge", () -> true, () -> List.of("a rule\nis against it"));
        try (HealthServer remarking = new HealthServer("127.0.0.1", 0, List.of(), List.of(forge), metrics)) {
            HttpResponse<String> answer = ask(remarking, "GET", "/readyz");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok   forge\n     a rule is against it\n");
        }
    }

    @Test
    void whatIsStuckIsNotAliveAndSaysWhy() throws Exception {
        slack.set(true);
        alive.set(false);
        HttpResponse<String> answer = ask("GET", "/healthz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("FAIL reconcile\n     no pass has finished\n");
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void servesMetrics() throws Exception {
        metrics.counter("bastion.grants.opened").increment();
        assertThat(ask("GET", "/metrics").body()).contains("bastion_grants_opened_total 1.0");
    }

    @Test
    void rejectsOtherPathsAndMethods() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/healthz").statusCode()).isEqualTo(405);
        assertThat(ask("HEAD", "/healthz").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return ask(server, method, path);
    }

    private static HttpResponse<String> ask(HealthServer server, String method, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
