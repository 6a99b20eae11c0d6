package dev.bastion.sandbox.world;

import dev.bastion.sandbox.page.ComponentView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The service as a child process: started and killed on request, and restarted when it exits by itself. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration GOODBYE = Duration.ofSeconds(15);
    private static final List<String> PASSED_ON =
            List.of("BASTION_LAUNCHER", "BASTION_TOOLS", "BASTION_JAVA_OPTIONS", "BASTION_JIT_LEVEL");

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Runnable onChange;
    private boolean wanted;
    private int launches;
    private Duration wait = SHORTEST_WAIT;
    private @Nullable Process process;

    ServiceProcess(List<String> command, Map<String, String> environment, Path log, Runnable onChange) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.onChange = onChange;
    }

    public synchronized void start() {
        wanted = true;
        launch();
    }

    /** Ends it as the machine's power would: no signal it could handle. It stays down until {@link #start}. */
    public synchronized void kill() {
        wanted = false;
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            waitFor(running, Duration.ofSeconds(10));
        }
    }

    /** Asks it to end and gives it time to; it stays down until {@link #start}. */
    public void stop() {
        stop(GOODBYE);
    }

    synchronized void stop(Duration patience) {
        wanted = false;
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!waitFor(running, patience)) {
                running.destroyForcibly();
            }
        }
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Its process id; 0 when it does not run. */
    public synchronized long pid() {
        return process != null && process.isAlive() ? process.pid() : 0;
    }

    /** The number of starts so far, including restarts. */
    synchronized int launches() {
        return launches;
    }

    public Path log() {
        return log;
    }

    ComponentView view() {
        long pid = pid();
        return pid == 0
                ? new ComponentView("service", ComponentView.State.DOWN, "log: " + log)
                : new ComponentView("service", ComponentView.State.UP, "process " + pid);
    }

    @Override
    public void close() {
        stop();
    }

    private void launch() {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(key -> key.startsWith("BASTION_") && !PASSED_ON.contains(key));
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            started.getOutputStream().close();
            process = started;
            int launch = ++launches;
            Thread.ofVirtual().start(() -> watch(started, launch));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot run " + command, failure);
        }
        onChange.run();
    }

    /** Waits for the process to exit, and restarts it unless it was stopped on request. */
    private void watch(Process started, int launch) {
        Instant start = Instant.now();
        try {
            started.waitFor();
            onChange.run();
            Thread.sleep(pause(Duration.between(start, Instant.now())));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (wanted && launches == launch) {
                launch();
            }
        }
    }

    private synchronized Duration pause(Duration lived) {
        Duration pause = wait;
        wait = lived.compareTo(LONGEST_WAIT) > 0 ? SHORTEST_WAIT : min(wait.multipliedBy(2), LONGEST_WAIT);
        return pause;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static boolean waitFor(Process process, Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
