package dev.bastion.benchmarks.subject;

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

/** A program that runs beside us: what is measured is its own process, with its own Java. */
public final class ServedProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final Process process;
    private final Path log;
    private final Duration start;

    private ServedProcess(Process process, Path log, Duration start) {
        this.process = process;
        this.log = log;
        this.start = start;
    }

    /** Starts it, and returns when it is ready. */
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
                        LONGEST_START,
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

    /** Whether an address answers 200. */
    static boolean isWell(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** From the command until it was ready. */
    public Duration start() {
        return start;
    }

    /** What the kernel says it holds in memory once it has had ten seconds in which nobody wanted anything. */
    public long restingBytes() throws IOException {
        Await.untilNanos(System.nanoTime() + 10_000_000_000L);
        return residentBytes();
    }

    private long residentBytes() throws IOException {
        requireAlive();
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
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
