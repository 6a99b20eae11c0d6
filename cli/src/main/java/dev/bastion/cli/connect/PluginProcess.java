package dev.bastion.cli.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running plugin. It says itself when it listens: a connection to find that out would reach the database, and MySQL
 * blocks a host that connects too often without a login.
 */
final class PluginProcess {
    private static final int MOST_LINES = 10;
    private static final int STOP_SECONDS = 5;

    private final Process process;
    private final Consumer<String> onError;
    private final CompletableFuture<Boolean> listens = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    /** @param onError receives what it says when it cannot reach the database */
    PluginProcess(Process process, Consumer<String> onError) {
        this.process = process;
        this.onError = onError;
        Thread.ofVirtual().name("plugin").start(this::read);
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                heard(line.strip());
            }
        } catch (IOException _) {
            // the process has ended
        } finally {
            listens.complete(false);
        }
    }

    private void heard(String line) {
        if (line.startsWith("Waiting for connections") || line.contains("opened for sessionId")) {
            listens.complete(true);
        }
        if (line.startsWith("Connection to destination port failed")) {
            onError.accept(line);
        }
        synchronized (lastLines) {
            if (!line.isEmpty() && lastLines.size() < MOST_LINES) {
                lastLines.add(line);
            }
        }
    }

    /** Whether it listens; false when it has ended, or does not listen in time. */
    boolean awaitListening(Duration longest) throws InterruptedException {
        try {
            return listens.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        }
    }

    /** What it said first. */
    String words() {
        synchronized (lastLines) {
            return String.join(" ", lastLines);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Stops it and waits until it has ended. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
