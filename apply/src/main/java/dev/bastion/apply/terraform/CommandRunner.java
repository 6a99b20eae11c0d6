package dev.bastion.apply.terraform;

import dev.bastion.apply.run.StepFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Runs programs one after the other, both outputs drained as they come, until somebody wishes to stop. */
public final class CommandRunner {
    private final ShutdownRequest interruption;

    public CommandRunner(ShutdownRequest interruption) {
        this.interruption = interruption;
    }

    /**
     * Runs to the end and answers the exit code; a wish to stop is passed on and waited for.
     *
     * @param output each line of the standard output
     * @param errors each line of the standard error, from another thread
     * @throws StepFailed when the program cannot be started, or when a stop was wished before it was
     */
    public int run(Command command, Consumer<String> output, Consumer<String> errors) {
        Process process = start(command);
        interruption.watch(process);
        try {
            Thread drain = Thread.ofVirtual().start(() -> lines(process.getErrorStream(), errors));
            lines(process.getInputStream(), line -> {
                interruption.noticeIn(line);
                output.accept(line);
            });
            drain.join();
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new StepFailed(program(command) + " was stopped: this thread was interrupted");
        } finally {
            interruption.release();
        }
    }

    private Process start(Command command) {
        if (interruption.isRequested()) {
            throw new StepFailed("stopped by a signal before " + program(command) + " was started");
        }
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        builder.redirectInput(ProcessBuilder.Redirect.from(NOTHING));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StepFailed("cannot start " + program(command) + ": " + e.getMessage(), e);
        }
    }

    private static final java.io.File NOTHING =
            new java.io.File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");

    private static String program(Command command) {
        return command.arguments().getFirst();
    }

    private static void lines(InputStream stream, Consumer<String> sink) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                sink.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of a program broke off", e);
        }
    }
}
