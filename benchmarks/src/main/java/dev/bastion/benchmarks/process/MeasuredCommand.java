package dev.bastion.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that ran to its end.
 *
 * @param took from its start to its end
 * @param processors the time of all processors that it used, to a fiftieth of a second
 * @param peakBytes the most memory that was resident, as Linux counts it; 0 elsewhere, and for a command of a few milliseconds
 */
public record MeasuredCommand(Duration took, Duration processors, long peakBytes) {
    private static final long LOOK_EVERY_MILLIS = 20;

    /**
     * Runs a command.
     *
     * @param answer the file for its output
     * @param lines the fewest lines that are an answer
     * @throws IOException when it failed or printed less; with its command line
     */
    public static MeasuredCommand run(List<String> command, Path answer, int lines)
            throws IOException, InterruptedException {
        Path errors = answer.resolveSibling("errors");
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(answer.toFile())
                .redirectError(errors.toFile())
                .start();
        long peak = 0;
        Duration processors = Duration.ZERO;
        while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, ProcessMemory.peak(process.pid()).orElse(0));
            processors = process.info().totalCpuDuration().orElse(processors);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + Files.readString(errors));
        }
        try (Stream<String> read = Files.lines(answer)) {
            if (read.count() < lines) {
                throw new IOException(String.join(" ", command) + " printed less than the history has");
            }
        }
        return new MeasuredCommand(took, processors, peak);
    }
}
