package dev.bastion.ledger.history;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The states of versions of files, each read and parsed once: a reversion brings back a version that was there before. It keeps
 * those that were asked for last. Thread-safe.
 */
final class FileStates {
    private static final int MOST_KEPT = 4096;

    private final Layout layout;
    private final LinkedHashMap<FileVersion, FileState> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final AtomicInteger parsed = new AtomicInteger();

    FileStates(Layout layout) {
        this.layout = layout;
    }

    /** What is kept, the version that was asked for last at the end. */
    Map<FileVersion, FileState> kept() {
        synchronized (kept) {
            return new LinkedHashMap<>(kept);
        }
    }

    /** Keeps what an earlier reading knew. */
    void keep(Map<FileVersion, FileState> known) {
        synchronized (kept) {
            kept.putAll(known);
        }
    }

    FileState of(FileVersion file, CommitReader commits) {
        synchronized (kept) {
            FileState known = kept.get(file);
            if (known != null) {
                return known;
            }
        }
        FileState state = new FileStateReader(commits, layout).of(file.path(), file.blob());
        parsed.incrementAndGet();
        synchronized (kept) {
            kept.put(file, state);
            if (kept.size() > MOST_KEPT) {
                kept.pollFirstEntry();
            }
        }
        return state;
    }

    /** How many versions were parsed. */
    int parsed() {
        return parsed.get();
    }
}
