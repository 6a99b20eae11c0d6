package dev.bastion.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory of a process as Linux counts it, in bytes (proc(5), {@code /proc/PID/status}). */
public final class ProcessMemory {
    private ProcessMemory() {}

    /** What is resident now; empty when the process has ended. */
    public static OptionalLong resident(long pid) {
        return read(pid, "VmRSS:");
    }

    /** The most that was resident; empty when the process has ended. */
    public static OptionalLong peak(long pid) {
        return read(pid, "VmHWM:");
    }

    private static OptionalLong read(long pid, String line) {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return status.filter(each -> each.startsWith(line))
                    .mapToLong(each -> Long.parseLong(each.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return OptionalLong.empty();
        }
    }
}
