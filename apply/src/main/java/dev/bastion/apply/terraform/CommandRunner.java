package dev.bastion.apply.terraform;

import dev.bastion.apply.run.StepFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The runner of child processes. It reads both outputs as they arrive and stops on a shutdown request. */
public final class CommandRunner {
    private final ShutdownRequest shutdown;

    public CommandRunner(ShutdownRequest shutdown) {
        this.shutdown = shutdown;
    }

    /**
     * Runs the command and returns its exit code. A shutdown request is passed on to the process and waits for it.
     *
     * @param output receives each line of the standard output
     * @param errors receives each line of the standard error, on another thread
     * @throws StepFailed when the program cannot start, or shutdown was requested before it started
     */
    public int run(Command command, Consumer<String> output, Consumer<String> errors) {
        Process process = start(command, Optional.empty());
        shutdown.watch(process);
        try {
            Thread drain = Thread.ofVirtual().start(() -> forEachLine(process.getErrorStream(), errors));
            forEachLine(process.getInputStream(), line -> {
                shutdown.observe(process, line);
                output.accept(line);
            });
            drain.join();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new StepFailed(program(command) + " was stopped: this thread was interrupted");
        } finally {
            shutdown.release(process);
        }
    }

    /**
     * Runs the command and returns its standard output, byte for byte.
     *
     * @param input the file that it reads as its standard input; empty for none
     * @param limit the most bytes to read
     * @throws StepFailed when the program cannot start, fails, or writes more
     */
    public byte[] output(Command command, Optional<Path> input, int limit) {
        return output(start(command, input), command, limit);
    }

    /**
     * Runs a command that may wait for another machine, and returns its standard output, byte for byte.
     *
     * @param time after which it is ended, with the programs that it started
     * @throws StepFailed when the program cannot start, fails, writes more, or takes longer
     */
    public byte[] output(Command command, int limit, Duration time) {
        Process process = start(command, Optional.empty());
        AtomicBoolean isLate = new AtomicBoolean();
        Thread.ofVirtual().start(() -> endAfter(time, process, isLate));
        try {
            byte[] output = output(process, command, limit);
            if (!isLate.get()) {
                return output;
            }
        } catch (StepFailed | UncheckedIOException e) {
            if (!isLate.get()) {
                throw e;
            }
        }
        throw new StepFailed(
                String.join(" ", command.arguments()) + " failed: it took longer than " + time.toSeconds() + " s");
    }

    private static void endAfter(Duration time, Process process, AtomicBoolean isLate) {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                isLate.set(true);
                List<ProcessHandle> started = process.descendants().toList();
                process.destroyForcibly();
                started.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] output(Process process, Command command, int limit) {
        List<String> errors = new ArrayList<>();
        shutdown.watch(process);
        try {
            Thread drain = Thread.ofVirtual().start(() -> forEachLine(process.getErrorStream(), errors::add));
            byte[] output = process.getInputStream().readNBytes(limit);
            boolean isMore = process.getInputStream().read() >= 0;
            if (isMore) {
                process.destroy();
            }
            drain.join();
            int code = process.waitFor();
            if (isMore || code != 0) {
                throw new StepFailed(String.join(" ", command.arguments()) + " failed: "
                        + (isMore
                                ? "its output has more than " + limit + " bytes"
                                : String.join(" ", errors).strip()));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a program ended unexpectedly", e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new StepFailed(program(command) + " was stopped: this thread was interrupted");
        } finally {
            shutdown.release(process);
        }
    }

    private Process start(Command command, Optional<Path> input) {
        if (shutdown.isRequested()) {
            throw new StepFailed("stopped by a signal before " + program(command) + " was started");
        }
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.redirectInput(
                ProcessBuilder.Redirect.from(input.map(Path::toFile).orElse(NULL_DEVICE)));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StepFailed("cannot start " + program(command) + ": " + e.getMessage(), e);
        }
    }

    private static final java.io.File NULL_DEVICE =
            new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");

    private static String program(Command command) {
        return command.arguments().getFirst();
    }

    private static void forEachLine(InputStream stream, Consumer<String> consumer) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a program ended unexpectedly", e);
        }
    }
}
