package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.file.PolicyCache;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger's state at a commit: from the state at an earlier one and what came since, or from the beginning. The
 * files are the truth; commit messages say who, why, and under which request.
 */
public final class LedgerStateReader {
    private final CommitReader commits;
    private final EnvironmentPaths paths;
    private final PolicyCache policies;
    private final Map<EnvironmentName, EnvironmentRecord> accounts = new HashMap<>();

    public LedgerStateReader(CommitReader commits, EnvironmentPaths paths, PolicyCache policies) {
        this.commits = commits;
        this.paths = paths;
        this.policies = policies;
    }

    public LedgerState read(@Nullable LedgerState before, CommitId head) {
        Optional<CommitId> known = before == null ? Optional.empty() : Optional.of(before.head());
        Optional<List<Commit>> since = commits.between(known, head, paths.root(), CommitMessage.ACTION + ": ");
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
        Optional<LedgerEntry> entry = CommitMessageParser.read(commit.message()).filter(said -> isTrue(commit, said));
        if (entry.isPresent()) {
            EnvironmentRecord account = account(entry.get().environment());
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
        return ProposalCommitParser.read(commit.message())
                .or(() -> commit.merged().flatMap(ProposalCommitParser::read))
                .filter(made ->
                        commits.changed(commit.id(), paths.fileOf(made.change().environment())));
    }

    private void followMerge(Commit commit, ProposalEntry proposal) {
        EnvironmentRecord account = account(proposal.change().environment());
        put(account, account.file(), account.chronicle().afterMerge(commit.id(), proposal));
        commit.changed().forEach(file -> followByHand(commit, file));
    }

    private void followByHand(Commit commit, FileVersion file) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord account = account(environment);
            FileState said = state(file);
            put(account, account.file(), account.chronicle().after(new ManualEdit(commit, said)));
        });
    }

    /** The file at the head is the truth: where the history that was followed says otherwise, the history is completed. */
    private void take(FileVersion file, CommitId head) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord account = account(environment);
            FileState said = state(file);
            EnvironmentHistory chronicle = account.chronicle();
            put(
                    account,
                    said,
                    chronicle.agreesWith(said)
                            ? chronicle
                            : chronicle.after(new ManualEdit(commits.lastChangeOf(file.path(), head), said)));
        });
    }

    private FileState state(FileVersion file) {
        Optional<BlobId> blob = file.blob();
        return blob.isEmpty()
                ? new FileState.Unrelated()
                : new EnvironmentFile(file.path(), commits.content(blob.get())).state();
    }

    private EnvironmentRecord account(EnvironmentName environment) {
        return accounts.computeIfAbsent(
                environment,
                name -> new EnvironmentRecord(
                        paths.fileOf(name), new FileState.Unrelated(), EnvironmentHistory.of(name)));
    }

    private void put(EnvironmentRecord account, FileState file, EnvironmentHistory chronicle) {
        accounts.put(account.environment(), new EnvironmentRecord(account.path(), file, chronicle));
    }
}
