package dev.bastion.app.diagnosis;

import dev.bastion.ledger.LedgerInspection;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One reading of the ledger's branch that several checks share: the first that needs it reads, the others wait. */
public final class LedgerReading {
    private final FutureTask<LedgerContent> reading;

    /** @param directory of the clone, which is deleted afterwards */
    public LedgerReading(LedgerSettings settings, Path directory, FileParsers parsers) {
        this.reading = new FutureTask<>(() -> {
            try (LedgerInspection at = LedgerInspection.fetch(settings, directory)) {
                return LedgerContent.read(at, settings.environments(), parsers);
            }
        });
    }

    /** @throws RuntimeException when the remote cannot be read */
    LedgerContent content() {
        reading.run(); // does nothing if it ran, or runs, already
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the reading of the ledger was stopped", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault
                    ? fault
                    : new IllegalStateException("the ledger cannot be read: " + e.getCause(), e);
        }
    }

    /** Empty when the remote cannot be read, which the ledger's own check says. */
    public Optional<LedgerContent> ifReadable() {
        try {
            return Optional.of(content());
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }
}
