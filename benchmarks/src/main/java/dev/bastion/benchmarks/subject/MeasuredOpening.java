package dev.bastion.benchmarks.subject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * An opening of a ledger by a process of its own, with a heap of at most 512 MiB.
 *
 * @param took from the call to its return, without the start of the Java machine
 * @param processors the time of all processors meanwhile
 * @param peakBytes the most memory that the process had resident
 */
public record MeasuredOpening(Duration took, Duration processors, long peakBytes) {
    /**
     * Opens the ledger.
     *
     * @param openGrants how many grants it has to find open
     * @throws IOException when it fails or finds others; with what it printed
     */
    public static MeasuredOpening of(Path remote, Path clone, int openGrants) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenedLedger.class.getName(),
                        "file://" + remote,
                        clone.toString(),
                        small(clone.resolveSibling("small")).url(),
                        clone.resolveSibling("small-clone").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the ledger could not be opened: " + output);
        }
        if (number(output, OpenedLedger.OPEN) != openGrants) {
            throw new IOException("the ledger has " + openGrants + " open grants, and others were found: " + output);
        }
        return new MeasuredOpening(
                Duration.ofNanos(number(output, OpenedLedger.TOOK)),
                Duration.ofNanos(number(output, OpenedLedger.PROCESSORS)),
                number(output, OpenedLedger.PEAK));
    }

    private static LedgerRemote small(Path directory) throws IOException, InterruptedException {
        return Files.exists(directory) ? new LedgerRemote(directory, 1) : LedgerRemote.create(directory, 1, 0, 1);
    }

    private static long number(String output, String begin) throws IOException {
        return output.lines()
                .filter(line -> line.startsWith(begin))
                .mapToLong(line -> Long.parseLong(line.substring(begin.length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the ledger was not opened: " + output));
    }
}
