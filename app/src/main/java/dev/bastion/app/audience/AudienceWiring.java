package dev.bastion.app.audience;

import dev.bastion.access.audience.AudienceAwareLedger;
import dev.bastion.access.audience.AudienceReads;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ReconcileLog;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** The wiring of external audiences: their reads, and the ledger whose policy knows the answers. */
public final class AudienceWiring implements AutoCloseable {
    private final AudienceSystems systems;
    private final AudienceReads reads;

    /** @param isSigned whether entries are signed */
    public AudienceWiring(
            AudienceSystems systems,
            BooleanSupplier isSigned,
            Executor threads,
            ReconcileLog log,
            InstantSource clock) {
        this.systems = systems;
        this.reads = new AudienceReads(systems, isSigned, threads, log, clock);
    }

    /** The same ledger with the answers. */
    public GrantLedger aware(GrantLedger ledger) {
        return new AudienceAwareLedger(ledger, reads::answers);
    }

    /** Starts the reads that are due for the policy that was read last; waits for none. */
    public void refresh(GrantLedger ledger) {
        reads.refresh(ledger.lastSeen().policy().environments().externalAudiences());
    }

    /** What is wrong now, for people. */
    public List<String> problems() {
        return reads.problems();
    }

    @Override
    public void close() {
        systems.close();
    }
}
