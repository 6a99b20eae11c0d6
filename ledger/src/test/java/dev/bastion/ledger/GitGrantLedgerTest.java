package dev.bastion.ledger;

import dev.bastion.access.port.GrantLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a repository on this machine. */
class GitGrantLedgerTest implements GrantLedgerContract {
    @TempDir
    private Path directory;

    private RemoteRepository remote;
    private final List<GitGrantLedger> opened = new ArrayList<>();
    private GitGrantLedger ledger;

    @BeforeEach
    void start() {
        remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments());
        ledger = another();
    }

    @Override
    public GrantLedger ledger() {
        return ledger;
    }

    @Override
    public GrantLedger seenByAnother() {
        return another();
    }

    private GitGrantLedger another() {
        Path clone = directory.resolve("clone-" + opened.size());
        GitGrantLedger another =
                GitGrantLedger.open(Samples.settings(remote.url(), clone), Samples.anyPolicy(), new RecordedAlarms());
        opened.add(another);
        return another;
    }

    @AfterEach
    void stop() {
        opened.forEach(GitGrantLedger::close);
        remote.close();
    }
}
