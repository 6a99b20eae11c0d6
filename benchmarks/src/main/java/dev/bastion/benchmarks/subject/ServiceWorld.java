package dev.bastion.benchmarks.subject;

import dev.bastion.sandbox.emulator.EmptyAws;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The surroundings of the service over real protocols: the sandbox's Slack without rate limits (which would be measured
 * otherwise), an AWS without instances, and a bare repository. The service runs as its own process.
 */
public final class ServiceWorld implements AutoCloseable {
    private final Path scratch;
    private final LedgerRemote remote;
    private final SlackServer slack = SlackServer.start();
    private final EmptyAws aws = new EmptyAws();

    public ServiceWorld(Path scratch, LedgerRemote remote) {
        this.scratch = scratch;
        this.remote = remote;
        slack.workspace().limitRates(false);
    }

    SlackServer slack() {
        return slack;
    }

    public SlackWorkspace workspace() {
        return slack.workspace();
    }

    /** The repository that {@code ./bastion bench} runs from. */
    public static Path home() {
        String launcher = Optional.ofNullable(System.getenv("BASTION_LAUNCHER"))
                .orElseThrow(() -> new IllegalStateException("start the benchmarks by ./bastion bench"));
        return Path.of(launcher).toAbsolutePath().resolveSibling(".").normalize();
    }

    /** Starts the service with a new clone and waits until it is ready. */
    public ServedProcess serve(String... command) {
        int port = freePort();
        Path folder = folder();
        return ServedProcess.started(
                Stream.concat(Stream.of(command), Stream.of("serve")).toList(),
                settings(folder.resolve("ledger.git"), port),
                folder.resolve("log"),
                () -> ServedProcess.isHealthy(URI.create("http://127.0.0.1:" + port + "/readyz")));
    }

    /** Starts another Slack client and waits until it is connected. */
    public ServedProcess run(Class<?> main) {
        Path folder = folder();
        return ServedProcess.started(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()),
                settings(folder, 0),
                folder.resolve("log"),
                () -> workspace().connections() > 0);
    }

    private Path folder() {
        try {
            return Files.createTempDirectory(scratch, "process-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(Path clone, int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("BASTION_SLACK_APP_TOKEN", workspace().tokens().app());
        settings.put("BASTION_SLACK_BOT_TOKEN", workspace().tokens().bot());
        settings.put("BASTION_SLACK_CHANNEL", SlackWorkspace.CHANNEL);
        settings.put("BASTION_SLACK_API_URL", slack.apiUrl());
        settings.put("BASTION_LEDGER_REMOTE", remote.url());
        settings.put("BASTION_LEDGER_DIRECTORY", clone.toString());
        settings.put("BASTION_AWS_REGION", "eu-central-1");
        settings.put("BASTION_AWS_ENDPOINT", aws.address().toString());
        settings.put("BASTION_HTTP_HOST", "127.0.0.1");
        settings.put("BASTION_HTTP_PORT", String.valueOf(port));
        settings.put("AWS_ACCESS_KEY_ID", "test");
        settings.put("AWS_SECRET_ACCESS_KEY", "test");
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        slack.close();
        aws.close();
    }
}
