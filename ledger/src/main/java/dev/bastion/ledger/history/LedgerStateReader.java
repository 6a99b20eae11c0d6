package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.ConfigurationCache;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of the ledger's state at a commit, from an earlier state and the commits since, or from the first commit.
 * The files are the truth; commit messages say who, why, and for which request.
 */
public final class LedgerStateReader {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerStateReader.class);

    private final CommitReader commits;
    private final FileStateReader files;
    private final ConfigurationCache configurations;
    private final Map<EnvironmentName, EnvironmentRecord> records = new HashMap<>();

    private @Nullable Layout layout;

    public LedgerStateReader(CommitReader commits, ConfigurationCache configurations) {
        this.commits = commits;
        this.files = new FileStateReader(commits);
        this.configurations = configurations;
    }

    /**
     * The state at a commit.
     *
     * @param before an earlier state; null to read all commits, as when the layout has changed since
     * @throws PolicyProblems when no version of the policy is valid, and nothing is open that must end
     */
    public LedgerState read(@Nullable LedgerState before, CommitId head) {
        Configuration configuration = configurations.of(head, commits);
        layout = configuration.layout();
        boolean isSameLayout = before != null && before.layout().equals(layout);
        return read(isSameLayout ? before : null, head, configuration);
    }

    private LedgerState read(@Nullable LedgerState before, CommitId head, Configuration configuration) {
        Optional<CommitId> known = before == null ? Optional.empty() : Optional.of(before.head());
        String directory = layout().directory();
        Optional<List<Commit>> since = commits.between(known, head, directory, CommitMessage.ACTION + ": ");
        if (since.isEmpty()) {
            return read(null, head, configuration);
        }
        if (before != null) {
            records.putAll(before.records());
        }
        since.get().forEach(this::applyOrSkip);
        commits.changes(known, head, directory).forEach(file -> completeFromFile(file, head));
        configuration.problems().ifPresent(broken -> {
            if (!isAnyOpen()) {
                throw broken;
            }
            configurations.enforce(configuration, head);
        });
        return LedgerState.of(head, records, configuration);
    }

    private Layout layout() {
        return Objects.requireNonNull(layout);
    }

    /** An unclear file may be open. */
    private boolean isAnyOpen() {
        return records.values().stream()
                .anyMatch(record ->
                        record.file() instanceof FileState.Open || record.file() instanceof FileState.Unclear);
    }

    /** A commit that cannot be understood counts for nothing: the files at the head complete the history. */
    private void applyOrSkip(Commit commit) {
        try {
            apply(commit);
        } catch (CloneBroken e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().addKeyValue("commit", commit.id()).setCause(e).log("commit.unreadable");
        }
    }

    private void apply(Commit commit) {
        Optional<LedgerEntry> entry =
                CommitMessageParser.read(commit.message()).filter(candidate -> changedItsFile(commit, candidate));
        if (entry.isPresent()) {
            EnvironmentRecord record = recordOf(entry.get().environment());
            EnvironmentHistory history = record.history().after(commit.id(), entry.get());
            boolean isChange = entry.get().action() != Action.APPROVE;
            update(isChange ? record.changedByEntry(commit.id(), commit.at()) : record, record.file(), history);
        } else {
            proposalIn(commit)
                    .ifPresentOrElse(
                            proposal -> applyManualMerge(commit, proposal),
                            () -> commit.changed().forEach(file -> applyManualEdit(commit, file)));
        }
    }

    /**
     * Whether the commit changed what its entry claims. Anybody can write a message; without this check it would count
     * against the file.
     */
    private boolean changedItsFile(Commit commit, LedgerEntry entry) {
        return entry.action() == Action.APPROVE
                ? commits.hasNoChanges(commit.id())
                : changedFileOf(entry.environment(), commit);
    }

    /** The proposal that a person merged, as a merge commit or as a single commit. */
    private Optional<ProposalEntry> proposalIn(Commit commit) {
        return ProposalCommitParser.read(commit.message())
                .or(() -> commit.merged().flatMap(ProposalCommitParser::read))
                .filter(proposal -> changedFileOf(proposal.change().environment(), commit));
    }

    private boolean changedFileOf(EnvironmentName environment, Commit commit) {
        return layout().filesOf(environment).stream().anyMatch(path -> commits.changed(commit.id(), path));
    }

    private void applyManualMerge(Commit commit, ProposalEntry proposal) {
        EnvironmentRecord record = recordOf(proposal.change().environment());
        update(record, record.file(), record.history().afterMerge(commit.id(), proposal));
        commit.changed().forEach(file -> applyManualEdit(commit, file));
    }

    private void applyManualEdit(Commit commit, FileVersion file) {
        layout().environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment).at(file.path());
            FileState state = stateOf(file);
            ManualEdit edit = new ManualEdit(commit, state);
            records.put(
                    environment,
                    record.changedBy(commit.id(), commit.at())
                            .with(state, record.history().after(edit))
                            .editedBy(edit));
        });
    }

    /** Completes the history where it disagrees with the file at the head: the file is the truth. */
    private void completeFromFile(FileVersion file, CommitId head) {
        layout().environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment).at(file.path());
            FileState state = stateOf(file);
            EnvironmentRecord now = record.with(state, record.history());
            if (!record.history().agreesWith(state) || now.needsItsEdit()) {
                Commit last = commits.lastChangeOf(file.path(), head);
                ManualEdit edit = new ManualEdit(last, state);
                now = record.changedBy(last.id(), last.at())
                        .with(state, record.history().after(edit))
                        .editedBy(edit);
            }
            records.put(environment, now);
        });
    }

    private FileState stateOf(FileVersion file) {
        return files.of(file.path(), file.blob());
    }

    private EnvironmentRecord recordOf(EnvironmentName environment) {
        return records.computeIfAbsent(
                environment, name -> EnvironmentRecord.of(layout().filesOf(name).getFirst(), name));
    }

    private void update(EnvironmentRecord record, FileState file, EnvironmentHistory history) {
        records.put(record.environment(), record.with(file, history));
    }
}
