package dev.bastion.cli.init;

import static org.awaitility.Awaitility.await;

import dev.bastion.sandbox.emulator.EmptyAws;
import dev.bastion.sandbox.github.GitHubServer;
import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.world.ServiceApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The installation that {@code docs/install.md} describes, as far as one machine can: an empty repository at a GitHub, a
 * Slack, an AWS without instances, and a clone in which {@code bastion init} runs.
 */
final class NewLedger implements AutoCloseable {
    private static final String JANES_TOKEN = "ghp_jane";
    /** A process starts in three seconds, and in many more where the machine is busy. */
    private static final Duration START = Duration.ofSeconds(90);

    private final Path folder;
    private final SlackServer slack = SlackServer.start(Path.of("../app/slack-manifest.yaml"));
    private final EmptyAws aws = new EmptyAws();
    private final ServiceApp app;
    private final GitHubServer github;
    private final InitWorld workTree;
    private final int port = freePort();
    private @Nullable Process service;

    NewLedger(Path folder) {
        this.folder = folder;
        this.app = ServiceApp.in(folder);
        this.github = GitHubServer.start(
                folder.resolve("ledger.git"),
                "acme/infrastructure",
                InstantSource.system(),
                app.app().account(),
                Account.user("janeroe", JANES_TOKEN),
                Account.user("johndoe", "ghp_john"),
                Account.user("maxmustermann", "ghp_max"));
        github.github().register(app.app());
        try {
            this.workTree = new InitWorld(Files.createDirectories(folder.resolve("clone")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        workTree.git("remote", "set-url", "origin", github.remote().replace("//", "//janeroe:" + JANES_TOKEN + "@"));
    }

    SlackWorkspace slack() {
        return slack.workspace();
    }

    InitWorld workTree() {
        return workTree;
    }

    /** Runs {@code bastion init} with these flags, at this world's GitHub. */
    int init(List<String> flags) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of("--github-url", github.base(), "--repository", "acme/infrastructure"));
        return workTree.run(Optional.empty(), all);
    }

    void commitAndPush() {
        workTree.commit();
        workTree.git("push", "--quiet", "origin", "main");
    }

    /** The file as the default branch has it now. */
    String pushed(String path) {
        workTree.git("fetch", "--quiet", "origin");
        return workTree.git("show", "origin/main:" + path);
    }

    /** The secrets and addresses that the settings of a new ledger leave out. */
    Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("BASTION_SLACK_APP_TOKEN", slack().tokens().app()),
                Map.entry("BASTION_SLACK_BOT_TOKEN", slack().tokens().bot()),
                Map.entry("BASTION_SLACK_API_URL", slack.apiUrl()),
                Map.entry("BASTION_GITHUB_APP_ID", app.id()),
                Map.entry("BASTION_GITHUB_APP_INSTALLATION", app.installation()),
                Map.entry("BASTION_GITHUB_APP_PRIVATE_KEY_FILE", app.keyFile().toString()),
                Map.entry(
                        "BASTION_LEDGER_DIRECTORY",
                        folder.resolve("service.git").toString()),
                Map.entry("BASTION_AWS_ENDPOINT", aws.address().toString()),
                Map.entry("BASTION_HTTP_HOST", "127.0.0.1"),
                Map.entry("BASTION_HTTP_PORT", String.valueOf(port)),
                Map.entry("BASTION_SCHEDULE_LEDGER_EVERY", "1s"),
                Map.entry("BASTION_LOG_FORMAT", "text"),
                Map.entry("AWS_ACCESS_KEY_ID", "test"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "test"));
    }

    /** Starts the service with the settings that {@code init} wrote, and waits until it is ready. */
    void serve() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.bastion.app.Main",
                "serve",
                "--config",
                workTree.top().resolve("bastion.yaml").toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("BASTION_"));
        builder.environment().putAll(new HashMap<>(variables()));
        try {
            service = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("service.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("the service is ready").atMost(START).until(this::isReady);
    }

    private boolean isReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest readiness = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                    .build();
            return client.send(readiness, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Stream<String> channel() {
        return slack().messages().stream()
                .filter(message -> message.author().equals(slack().bot()))
                .map(Message::readable);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Optional.ofNullable(service).ifPresent(NewLedger::kill);
        slack.close();
        aws.close();
        github.close();
    }

    private static void kill(Process service) {
        service.destroyForcibly();
        try {
            if (!service.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service did not stop");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
