package dev.bastion.benchmarks.subject;

import dev.bastion.benchmarks.process.ProcessMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program as a child process, whose time and memory are measured. */
public final class ServedProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;
    private final Duration start;

    private ServedProcess(Process process, Path log, Duration start) {
        this.process = process;
        this.log = log;
        this.start = start;
    }

    /** Starts the program and waits until it is ready. */
    static ServedProcess started(
            List<String> command, Map<String, String> environment, Path log, BooleanSupplier isReady) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("BASTION_"));
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        try {
            Process process = builder.start();
            try {
                Await.until(
                        command + " is ready; see " + log,
                        START_TIMEOUT,
                        () -> !process.isAlive() || isReady.getAsBoolean());
            } catch (IllegalStateException e) {
                process.destroyForcibly();
                throw e;
            }
            ServedProcess served = new ServedProcess(process, log, Duration.ofNanos(System.nanoTime() - began));
            served.requireAlive();
            return served;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an address responds with 200. */
    static boolean isHealthy(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** The time from the command to readiness. */
    public Duration start() {
        return start;
    }

    /** The resident memory after ten idle seconds. */
    public long restingBytes() throws IOException {
        Await.untilNanos(System.nanoTime() + 10_000_000_000L);
        return residentBytes();
    }

    /** The most memory that was resident since its start. */
    public long peakBytes() throws IOException {
        requireAlive();
        return ProcessMemory.peak(process.pid()).orElseThrow();
    }

    /** The resident memory now. */
    public long residentBytes() throws IOException {
        requireAlive();
        return ProcessMemory.resident(process.pid()).orElseThrow();
    }

    /** @throws IOException with what it printed, when it has ended */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("it ended: " + Files.readString(log));
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
