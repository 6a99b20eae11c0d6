package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.app.config.Settings;
import dev.bastion.app.config.SettingsFile;
import dev.bastion.github.client.GithubClient;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The committer's address, at an Enterprise Server that answers or does not. */
class CommitterEmailTest {
    private static final String OF_ACCOUNT = "583231+octo@users.noreply.127.0.0.1";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v3/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().getPath());
            byte[] body = "{\"login\": \"octo\", \"id\": 583231}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Settings settings(Map<String, String> more) {
        String host = "http://127.0.0.1:" + server.getAddress().getPort();
        Map<String, String> all = new HashMap<>(Map.of(
                "BASTION_SLACK_APP_TOKEN", "xapp-1",
                "BASTION_SLACK_BOT_TOKEN", "xoxb-1",
                "BASTION_SLACK_CHANNEL", "C0123ABC",
                "BASTION_LEDGER_REMOTE", host + "/acme/infrastructure.git",
                "BASTION_AWS_REGION", "eu-west-1",
                "BASTION_GITHUB_API_URL", host + "/api/v3",
                "BASTION_GITHUB_REPOSITORY", "acme/infrastructure",
                "BASTION_GITHUB_TOKEN", "ghp_1"));
        all.putAll(more);
        return SettingsFile.read(Optional.empty(), all);
    }

    @Test
    void theDefaultServesUntilGithubHasAnsweredAndTheNextCommitHasItsAnswer() {
        Settings settings = settings(Map.of());
        try (GithubClient client =
                new GithubClient(ModuleSettings.github(settings).orElseThrow())) {
            CommitterEmail email = new CommitterEmail(settings, Optional.of(client));
            LedgerSettings ledger = ModuleSettings.ledger(settings, Optional.of(client), email::current);
            assertThat(ledger.committer().email()).isEqualTo(Settings.Ledger.DEFAULT_EMAIL);
            assertThat(asked).as("before anything is read from git").isEmpty();

            status = 404;
            email.ask();
            assertThat(asked).isNotEmpty();
            assertThat(ledger.committer().email()).isEqualTo(Settings.Ledger.DEFAULT_EMAIL);

            status = 200;
            email.ask();
            assertThat(ledger.committer().email()).isEqualTo(OF_ACCOUNT);
            int calls = asked.size();
            email.ask();
            assertThat(asked).as("asked once").hasSize(calls);
        }
    }

    @Test
    void anAddressOfTheSettingsIsNotAskedFor() {
        Settings settings = settings(Map.of("BASTION_LEDGER_COMMITTER_EMAIL", "bot@acme.example"));
        try (GithubClient client =
                new GithubClient(ModuleSettings.github(settings).orElseThrow())) {
            CommitterEmail email = new CommitterEmail(settings, Optional.of(client));
            assertThat(email.asked()).isEqualTo("bot@acme.example");
            assertThat(asked).isEmpty();
        }
    }
}
