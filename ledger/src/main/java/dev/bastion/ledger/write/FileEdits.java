package dev.bastion.ledger.write;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.history.EnvironmentRecord;
import java.util.Optional;

/** The edits of environment files that changes stand for, in one draft. */
record FileEdits(CommitReader commits, CommitDraft draft, Layout layout) {
    /** The file after a change. */
    byte[] after(LedgerChange change, EnvironmentRecord record) {
        byte[] bytes = draft.file(record.path())
                .orElseThrow(() -> new IllegalStateException(record.path() + " disappeared from the draft"));
        return edited(change, record, EnvironmentFile.in(layout, record.path(), bytes));
    }

    private byte[] edited(LedgerChange change, EnvironmentRecord record, EnvironmentFile file) {
        return switch (change) {
            case LedgerChange.Open open ->
                file.opened(new FileState.Open(open.request().requester(), open.createdAt(), open.expiresAt()));
            case LedgerChange.Extend extend -> file.extendedTo(extend.newEnd());
            case LedgerChange.Start start ->
                keepsTimes(start) ? file.bytes() : file.startedAt(start.at(), start.newEnd());
            case LedgerChange.ConfirmEnd _, LedgerChange.Approve _ -> file.bytes();
            case LedgerChange.Close _
            when !(record.file() instanceof FileState.Open) ->
                closedUnread(record, file.bytes()).orElseThrow();
            case LedgerChange.Close _ ->
                contentBeforeGrant(record)
                        .map(old -> file.revertedTo(EnvironmentFile.in(layout, record.path(), old)))
                        .orElseGet(file::closed);
        };
    }

    /** Whether a start confirms the times that the file has. */
    static boolean keepsTimes(LedgerChange.Start start) {
        return start.at().equals(start.from().createdAt())
                && start.newEnd().equals(start.from().expiresAt());
    }

    /** The file before the grant was opened. */
    private Optional<byte[]> contentBeforeGrant(EnvironmentRecord record) {
        return record.openedBy()
                .flatMap(commit -> draft.replacedBy(commit).or(() -> commits.contentBefore(commit, record.path())));
    }

    /** Whether the file of a grant that cannot be read can be closed all the same. */
    boolean canCloseUnread(EnvironmentRecord record) {
        return draft.file(record.path())
                .flatMap(bytes -> closedUnread(record, bytes))
                .isPresent();
    }

    /** The closed version of a file that cannot be read: what can be located is closed, or the version from before is put back. */
    private Optional<byte[]> closedUnread(EnvironmentRecord record, byte[] bytes) {
        return EnvironmentFile.in(layout, record.path(), bytes)
                .closedWherePossible()
                .or(() -> contentBeforeGrant(record)
                        .filter(before ->
                                FileStateReader.of(layout, record.path(), before) instanceof FileState.Closed))
                .filter(closed -> isClosed(FileStateReader.of(layout, record.path(), closed)));
    }

    /** Whether nothing is open, whatever else the file says. */
    static boolean isClosed(FileState file) {
        return switch (file) {
            case FileState.Closed _ -> true;
            case FileState.Unclear(String _, boolean isClosed) -> isClosed;
            case FileState.Open _, FileState.Unrelated _ -> false;
        };
    }
}
