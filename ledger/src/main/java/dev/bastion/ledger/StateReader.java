package dev.bastion.ledger;

import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.ledger.git.BlobId;
import dev.bastion.ledger.git.Commit;
import dev.bastion.ledger.git.CommitReader;
import dev.bastion.ledger.git.FileVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger's state at a commit: from the state at an earlier one and what came since, or from the beginning. The
 * files are the truth; commit messages say who, why, and under which request.
 */
final class StateReader {
    private final CommitReader commits;
    private final EnvironmentPaths paths;
    private final PolicyShelf policies;
    private final Map<EnvironmentName, Account> accounts = new HashMap<>();

    StateReader(CommitReader commits, EnvironmentPaths paths, PolicyShelf policies) {
        this.commits = commits;
        this.paths = paths;
        this.policies = policies;
    }

    LedgerState read(@Nullable LedgerState before, CommitId head) {
        Optional<CommitId> known = before == null ? Optional.empty() : Optional.of(before.head());
        Optional<List<Commit>> since = commits.between(known, head, paths.root(), CommitText.ACTION + ": ");
        if (since.isEmpty()) {
            return read(null, head);
        }
        if (before != null) {
            accounts.putAll(before.accounts());
        }
        since.get().forEach(this::follow);
        commits.changes(known, head, paths.root()).forEach(file -> take(file, head));
        return LedgerState.of(head, accounts, policies.of(head, commits));
    }

    private void follow(Commit commit) {
        Optional<LedgerEntry> entry = EntryReader.read(commit.message()).filter(said -> isTrue(commit, said));
        if (entry.isPresent()) {
            Account account = account(entry.get().environment());
            put(account, account.file(), account.chronicle().after(commit.id(), entry.get()));
        } else {
            proposal(commit)
                    .ifPresentOrElse(
                            made -> followMerge(commit, made),
                            () -> commit.changed().forEach(file -> followByHand(commit, file)));
        }
    }

    /**
     * Whether the commit did what an entry does: a message is easily written, and one that changed nothing of what it speaks
     * of would be believed against the file.
     */
    private boolean isTrue(Commit commit, LedgerEntry said) {
        return said.action() == Action.APPROVE
                ? commits.changedNothing(commit.id())
                : commits.changed(commit.id(), paths.fileOf(said.environment()));
    }

    /** What somebody let in by hand that the service had put before others: as a merge, or as a commit of its own. */
    private Optional<ProposalEntry> proposal(Commit commit) {
        return ProposalReader.read(commit.message())
                .or(() -> commit.merged().flatMap(ProposalReader::read))
                .filter(made ->
                        commits.changed(commit.id(), paths.fileOf(made.change().environment())));
    }

    private void followMerge(Commit commit, ProposalEntry proposal) {
        Account account = account(proposal.change().environment());
        put(account, account.file(), account.chronicle().afterMerge(commit.id(), proposal));
        commit.changed().forEach(file -> followByHand(commit, file));
    }

    private void followByHand(Commit commit, FileVersion file) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            Account account = account(environment);
            FileState said = state(file);
            put(account, account.file(), account.chronicle().after(new HandEdit(commit, said)));
        });
    }

    /** The file at the head is the truth: where the history that was followed says otherwise, the history is completed. */
    private void take(FileVersion file, CommitId head) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            Account account = account(environment);
            FileState said = state(file);
            Chronicle chronicle = account.chronicle();
            put(
                    account,
                    said,
                    chronicle.agreesWith(said)
                            ? chronicle
                            : chronicle.after(new HandEdit(commits.lastChangeOf(file.path(), head), said)));
        });
    }

    private FileState state(FileVersion file) {
        Optional<BlobId> blob = file.blob();
        return blob.isEmpty()
                ? new FileState.Unrelated()
                : new EnvironmentFile(file.path(), commits.content(blob.get())).state();
    }

    private Account account(EnvironmentName environment) {
        return accounts.computeIfAbsent(
                environment, name -> new Account(paths.fileOf(name), new FileState.Unrelated(), Chronicle.of(name)));
    }

    private void put(Account account, FileState file, Chronicle chronicle) {
        accounts.put(account.environment(), new Account(account.path(), file, chronicle));
    }
}
