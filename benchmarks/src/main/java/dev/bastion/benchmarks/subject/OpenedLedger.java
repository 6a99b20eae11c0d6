package dev.bastion.benchmarks.subject;

import dev.bastion.ledger.GitGrantLedger;
import java.nio.file.Path;

/** A process that opens a ledger, prints how many nanoseconds that took, and ends as the service does. */
public final class OpenedLedger {
    /** The line with the nanoseconds begins so. */
    public static final String TOOK = "took ";

    private OpenedLedger() {}

    public static void main(String[] arguments) {
        long started = System.nanoTime();
        try (GitGrantLedger ledger = BenchLedger.opened(arguments[0], Path.of(arguments[1]))) {
            ledger.lastSeen();
            System.out.println(TOOK + (System.nanoTime() - started));
        }
    }
}
