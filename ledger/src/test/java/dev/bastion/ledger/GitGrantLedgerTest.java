package dev.bastion.ledger;

import dev.bastion.access.port.GrantLedger;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with the remote on this machine. */
class GitGrantLedgerTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private LedgerWorld world;
    private GitGrantLedger ledger;
    private int clones;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
        ledger = openAnother();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger readByAnotherProcess() {
        return openAnother();
    }

    private GitGrantLedger openAnother() {
        return world.onDisk("clone-" + clones++);
    }

    @AfterEach
    void stop() {
        world.close();
    }
}
