package dev.bastion.benchmarks.subject;

import com.sun.management.OperatingSystemMXBean;
import dev.bastion.benchmarks.process.ProcessMemory;
import dev.bastion.ledger.GitGrantLedger;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * A process that opens a ledger, prints what that cost, and ends as the service does. It opens a ledger of one commit first: the classes
 * are loaded then, as the service's are by the cache of its image.
 */
public final class OpenedLedger {
    /** The line with the nanoseconds begins so. */
    static final String TOOK = "took ";

    /** The line with the nanoseconds of all processors begins so. */
    static final String PROCESSORS = "processors ";

    /** The line with the most bytes that were resident begins so. */
    static final String PEAK = "peak ";

    /** The line with the number of open grants begins so. */
    static final String OPEN = "open ";

    private OpenedLedger() {}

    public static void main(String[] arguments) {
        try (GitGrantLedger small = BenchLedger.opened(arguments[2], Path.of(arguments[3]))) {
            small.lastSeen();
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processors = system.getProcessCpuTime();
        long started = System.nanoTime();
        try (GitGrantLedger ledger = BenchLedger.opened(arguments[0], Path.of(arguments[1]))) {
            int open = ledger.lastSeen().openGrants().size();
            System.out.println(TOOK + (System.nanoTime() - started));
            System.out.println(PROCESSORS + (system.getProcessCpuTime() - processors));
            System.out.println(
                    PEAK + ProcessMemory.peak(ProcessHandle.current().pid()).orElse(0));
            System.out.println(OPEN + open);
        }
    }
}
