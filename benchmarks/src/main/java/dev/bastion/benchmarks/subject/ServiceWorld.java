package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.model.SlackUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The surroundings of the service over real protocols: the sandbox's Slack without rate limits and transcript (which would be measured
 * otherwise), an AWS with the instances that are put into it, and a bare repository, as a directory or at a forge. The service runs as its own process.
 */
public final class ServiceWorld implements AutoCloseable {
    private final Path scratch;
    private final Map<String, String> ledger;
    private final SlackServer slack = SlackServer.start();
    private final FewInstances aws;

    /** With a ledger that is a directory, and without a forge. */
    public ServiceWorld(Path scratch, LedgerRemote remote) throws IOException {
        this(scratch, Map.of("BASTION_LEDGER_REMOTE", remote.url()));
    }

    /** With a ledger at a forge, which the caller closes. */
    public ServiceWorld(Path scratch, ServiceForge forge) throws IOException {
        this(scratch, forge.settings());
    }

    private ServiceWorld(Path scratch, Map<String, String> ledger) throws IOException {
        this.scratch = scratch;
        this.ledger = ledger;
        this.aws = new FewInstances();
        slack.workspace().limitRates(false);
        slack.workspace().keepTranscript(false);
    }

    public SlackWorkspace workspace() {
        return slack.workspace();
    }

    /** Starts the bastion of a grant. */
    public void online(EnvironmentName environment, String request) {
        aws.online(environment, request);
    }

    /** So many people of the workspace, who are new to it. */
    public List<ActingUser> people(int count) {
        return IntStream.range(0, count)
                .mapToObj("U9000%04d"::formatted)
                .map(id -> {
                    workspace().add(SlackUser.member(id, id.toLowerCase(Locale.ROOT), "Person " + id));
                    return workspace().as(id);
                })
                .toList();
    }

    /** The repository that {@code ./bastion bench} runs from. */
    public static Path home() {
        String launcher = Optional.ofNullable(System.getenv("BASTION_LAUNCHER"))
                .orElseThrow(() -> new IllegalStateException("start the benchmarks by ./bastion bench"));
        return Path.of(launcher).toAbsolutePath().resolveSibling(".").normalize();
    }

    /** Starts the service with a new clone and waits until it is ready. */
    public ServedProcess serve(List<String> command) {
        int port = freePort();
        Path folder = folder();
        return ServedProcess.started(
                Stream.concat(command.stream(), Stream.of("serve")).toList(),
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
        Map<String, String> settings = new HashMap<>(ledger);
        settings.put("BASTION_SLACK_APP_TOKEN", workspace().tokens().app());
        settings.put("BASTION_SLACK_BOT_TOKEN", workspace().tokens().bot());
        settings.put("BASTION_SLACK_CHANNEL", SlackWorkspace.CHANNEL);
        settings.put("BASTION_SLACK_API_URL", slack.apiUrl());
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
