package dev.bastion.cli.connect;

import static org.awaitility.Awaitility.await;

import dev.bastion.access.grant.EnvironmentName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A person's machine with programs of a test, an AWS and a clock, on which {@code bastion connect} runs. */
final class Laptop {
    static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofMillis(20);

    final FakeAccess access = new FakeAccess();
    final RecordingOutput output = new RecordingOutput();
    final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    final Path programs;
    final Map<String, String> environment = new TreeMap<>();
    private Optional<Connect> running = Optional.empty();

    Laptop(Path programs) {
        this.programs = programs;
        environment.put("PATH", programs + ":/usr/bin:/bin");
        environment.put("HOME", programs.toString());
    }

    /** A plugin that listens at once, and notes what it is started with. */
    Laptop withPlugin() {
        return with(Plugin.NAME, """
            if [ "$1" = --version ]; then echo 1.2.707.0; exit 0; fi
            printf '%s\\n' "$@" > arguments
            printf '%s' "$AWS_SSM_START_SESSION_RESPONSE" > response
            printf '%s' "$SSM_PLUGIN_LOCAL_HOST" > host
            echo $$ >> plugins
            echo "Port 1 opened for sessionId x."
            exec sleep 600
            """);
    }

    /** A program; its working directory is the one of the programs. */
    Laptop with(String name, String script) {
        try {
            Path file = programs.resolve(name);
            Files.writeString(file, "#!/bin/sh\ncd '" + programs + "' || exit 9\n" + script);
            if (!file.toFile().setExecutable(true)) {
                throw new IOException(file + " cannot be made executable");
            }
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ConnectRequest dev(Optional<ClientProgram> client) {
        return new ConnectRequest(
                new EnvironmentName("dev"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(2),
                false,
                Optional.of("app user"),
                Optional.of("orders"),
                false,
                client);
    }

    /** Runs it on a thread of its own. */
    CompletableFuture<Integer> start(ConnectRequest request) {
        Timing timing = new Timing(MOMENT, Duration.ofSeconds(30), MOMENT, Duration.ofSeconds(1));
        Connect connect = new Connect(request, access, environment, now::get, output, timing);
        running = Optional.of(connect);
        return CompletableFuture.supplyAsync(connect::run);
    }

    /** Runs it until it is connected. */
    CompletableFuture<Integer> connected(ConnectRequest request) {
        CompletableFuture<Integer> code = start(request);
        until("connected");
        return code;
    }

    int run(ConnectRequest request) {
        return start(request).orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }

    void stop() {
        running.ifPresent(Connect::stop);
    }

    void until(String line) {
        await().atMost(LONGEST).until(() -> output.has(line));
    }

    void passes(Duration time) {
        now.updateAndGet(moment -> moment.plus(time));
    }

    String noted(String file) {
        try {
            return Files.readString(programs.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The processes of the plugins, in the order of their starts. */
    List<Optional<ProcessHandle>> plugins() {
        return noted("plugins")
                .lines()
                .map(Long::valueOf)
                .map(ProcessHandle::of)
                .toList();
    }

    boolean hasNoPlugin() {
        return plugins().stream()
                .noneMatch(handle -> handle.filter(ProcessHandle::isAlive).isPresent());
    }
}
