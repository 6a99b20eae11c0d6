package dev.bastion.ledger.history;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.Commit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of the environments while commits are replayed onto them. The observer sees each move. */
final class EnvironmentRecords {
    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentRecords.class);

    private final Layout layout;
    private final ReplayObserver observer;
    private final Map<EnvironmentName, EnvironmentRecord> records;
    private boolean isFull;

    EnvironmentRecords(Layout layout, Map<EnvironmentName, EnvironmentRecord> records, ReplayObserver observer) {
        this.layout = layout;
        this.observer = observer;
        this.records = new HashMap<>(records);
    }

    Map<EnvironmentName, EnvironmentRecord> all() {
        return records;
    }

    /** An unclear file may be open. */
    boolean isAnyOpen() {
        return records.values().stream()
                .anyMatch(record ->
                        record.file() instanceof FileState.Open || record.file() instanceof FileState.Unclear);
    }

    /** The environment of a file; empty also for a new one where there are too many. */
    Optional<EnvironmentName> environmentAt(String path) {
        Optional<EnvironmentName> environment = layout.environmentAt(path);
        boolean isTooMany = environment.isPresent()
                && records.size() >= LedgerState.MOST_ENVIRONMENTS
                && !records.containsKey(environment.get());
        if (isTooMany && !isFull) {
            isFull = true;
            LOG.atError().addKeyValue("first", path).log("ledger.too-many-environments");
        }
        return isTooMany ? Optional.empty() : environment;
    }

    EnvironmentRecord of(EnvironmentName environment) {
        return records.computeIfAbsent(
                environment, name -> EnvironmentRecord.of(layout.filesOf(name).getFirst(), name));
    }

    /** Keeps what a commit made of a record. */
    void move(
            EnvironmentRecord before,
            EnvironmentRecord now,
            Commit dated,
            Optional<Person> by,
            Optional<LedgerEntry> entry) {
        keep(now);
        observer.moved(new ReplayObserver.Move(dated.id(), dated.at(), by, entry, before, now));
    }

    /** Keeps a record that no commit moved. */
    void keep(EnvironmentRecord now) {
        records.put(now.environment(), now);
    }

    /**
     * Drops ended grants but the newest ones of each environment, this many or up to twice as many: a reader of a whole history
     * cannot hold them all.
     */
    void forgetPast(int most) {
        records.replaceAll((_, record) -> record.withoutPastBeyond(most));
    }
}
