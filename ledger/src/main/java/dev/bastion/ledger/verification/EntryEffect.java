package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.util.Arrays;
import java.util.Optional;

/**
 * The comparison of an environment's file after an entry with the file that the service would have written: byte for byte. A
 * reversion is compared with the file before the grant; where others changed that file meanwhile, it keeps their changes.
 */
record EntryEffect(CommitReader commits, Layout layout) {
    /** What is wrong with a commit's effect. */
    record Mismatch(Kind kind, String what) {}

    /**
     * @param grant the grant in force before the commit
     * @param onto the commit's parent
     */
    Optional<Mismatch> mismatch(
            LedgerEntry entry, String path, Optional<Grant> grant, Optional<CommitId> onto, CommitId commit) {
        Optional<byte[]> before = onto.flatMap(parent -> content(parent, path));
        Optional<byte[]> after = content(commit, path);
        if (before.isEmpty() || after.isEmpty()) {
            return contradicted("the file is missing, or larger than is read");
        }
        EnvironmentFile file = EnvironmentFile.in(layout, path, before.get());
        FileState state = FileStateReader.of(layout, path, before.get());
        return switch (entry.action()) {
            case OPEN ->
                state instanceof FileState.Closed
                        ? unless(after.get(), file.opened(access(entry)))
                        : contradicted("the environment was not closed before");
            case EXTEND ->
                isSameAccess(entry, state)
                        ? unless(after.get(), file.extendedTo(entry.expiresAt()))
                        : contradicted("the file had other access than the entry names");
            case START ->
                isSameHolder(entry, state)
                        ? unless(after.get(), file.startedAt(entry.createdAt(), entry.expiresAt()))
                        : contradicted("the file had other access than the entry names");
            case APPROVE -> Optional.empty();
            case END, EXPIRE -> closing(path, state, file, grant, after.get());
        };
    }

    private Optional<Mismatch> closing(
            String path, FileState state, EnvironmentFile file, Optional<Grant> grant, byte[] after) {
        Optional<EnvironmentFile> old = grant.flatMap(open -> commits.contentBefore(open.openedBy(), path))
                .map(bytes -> EnvironmentFile.in(layout, path, bytes));
        if (state instanceof FileState.Open) {
            byte[] expected = old.map(file::revertedTo).orElseGet(file::closed);
            return Arrays.equals(expected, after)
                    ? Optional.empty()
                    : Optional.of(new Mismatch(
                            Kind.NOT_REVERTED, "the file is not byte for byte what it was before the grant"));
        }
        boolean isClosed = switch (FileStateReader.of(layout, path, after)) {
            case FileState.Closed _ -> true;
            case FileState.Unclear(String _, boolean closed) -> closed;
            case FileState.Open _, FileState.Unrelated _ -> false;
        };
        return isClosed
                ? Optional.empty()
                : Optional.of(new Mismatch(Kind.NOT_REVERTED, "the environment is not closed afterwards"));
    }

    private static Optional<Mismatch> unless(byte[] after, byte[] expected) {
        return Arrays.equals(after, expected)
                ? Optional.empty()
                : contradicted("the file does not say what the entry says");
    }

    private static Optional<Mismatch> contradicted(String what) {
        return Optional.of(new Mismatch(Kind.ENTRY_CONTRADICTED, what));
    }

    private static FileState.Open access(LedgerEntry entry) {
        return new FileState.Open(entry.holder(), entry.createdAt(), entry.expiresAt());
    }

    private static boolean isSameAccess(LedgerEntry entry, FileState state) {
        return state instanceof FileState.Open open && open.isSameAccess(access(entry));
    }

    private static boolean isSameHolder(LedgerEntry entry, FileState state) {
        return state instanceof FileState.Open open && open.holder().is(entry.holder());
    }

    private Optional<byte[]> content(CommitId commit, String path) {
        return commits.file(commit, path).flatMap(commits::content);
    }
}
