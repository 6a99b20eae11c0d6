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
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The reader of the ledger's state at a commit, from an earlier state and the commits since, or from the first commit.
 * The files are the truth; commit messages say who, why, and for which request.
 */
public final class LedgerStateReader {
    private final CommitReader commits;
    private final EnvironmentPaths paths;
    private final PolicyCache policies;
    private final SignedMessageReader messages;
    private final Map<EnvironmentName, EnvironmentRecord> records = new HashMap<>();
    private SignedPart signed = SignedPart.NONE;

    public LedgerStateReader(CommitReader commits, EnvironmentPaths paths, PolicyCache policies, TrustedKeys keys) {
        this.commits = commits;
        this.paths = paths;
        this.policies = policies;
        this.messages = new SignedMessageReader(commits, paths, keys);
    }

    public LedgerState read(@Nullable LedgerState before, CommitId head) {
        Optional<CommitId> known = before == null ? Optional.empty() : Optional.of(before.head());
        Optional<List<Commit>> since = commits.between(known, head, paths.root(), CommitMessage.ACTION + ": ");
        if (since.isEmpty()) {
            return read(null, head);
        }
        if (before != null) {
            records.putAll(before.records());
            signed = before.signed();
        }
        since.get().forEach(this::apply);
        commits.changes(known, head, paths.root()).forEach(file -> completeFromFile(file, head));
        return LedgerState.of(head, records, policies.of(head, commits), signed);
    }

    private void apply(Commit commit) {
        ServiceMessage message = messages.read(commit, signed);
        if (!signed.hasBegun() && message instanceof ServiceMessage.Nothing) {
            applyUnsigned(commit);
        } else {
            beginSignedPart(commit);
            applySigned(commit, message);
        }
    }

    /** Completes the unsigned part from its files, so that what follows finds it as a reader before the switch did. */
    private void beginSignedPart(Commit commit) {
        if (!signed.hasBegun()) {
            commits.parents(commit.id()).stream()
                    .findFirst()
                    .ifPresent(end -> commits.changes(Optional.empty(), end, paths.root())
                            .forEach(file -> completeFromFile(file, end)));
        }
    }

    /** Applies what the service says, and every other move of an environment as a manual edit of its own. */
    private void applySigned(Commit commit, ServiceMessage message) {
        Set<EnvironmentName> explained = switch (message) {
            case ServiceMessage.Entries entries -> applyEntries(commit, entries);
            case ServiceMessage.Proposed proposed -> applyMerge(commit, proposed);
            case ServiceMessage.Nothing _ -> Set.of();
        };
        if (isOwn(commit, message)) {
            return;
        }
        List<FileVersion> moved = changedBy(commit).stream()
                .filter(file -> paths.environmentAt(file.path()).isPresent())
                .toList();
        ManualEdit.Context context =
                moved.size() > 1 ? ManualEdit.Context.SIGNED_WITH_OTHERS : ManualEdit.Context.SIGNED;
        moved.stream()
                .filter(file -> paths.environmentAt(file.path())
                        .filter(explained::contains)
                        .isEmpty())
                .forEach(file -> applyManualEdit(commit, file, context));
    }

    /** Whether the service made the commit itself, which changes nothing but the file of its entry. */
    private static boolean isOwn(Commit commit, ServiceMessage message) {
        return message instanceof ServiceMessage.Entries said
                && said.signed().id().equals(commit.id());
    }

    private Set<EnvironmentName> applyEntries(Commit commit, ServiceMessage.Entries said) {
        Set<EnvironmentName> named = said.entries().stream()
                .map(LedgerEntry::environment)
                .collect(Collectors.toSet());
        signed = signed.with(said.signed().at());
        if (!named.stream().allMatch(environment -> isAsSigned(commit, said.signed(), environment))) {
            return Set.of();
        }
        said.entries().forEach(entry -> {
            EnvironmentRecord record = recordOf(entry.environment());
            update(record, record.file(), record.history().after(commit.id(), entry));
        });
        return named;
    }

    private Set<EnvironmentName> applyMerge(Commit commit, ServiceMessage.Proposed said) {
        EnvironmentName environment = said.proposal().change().environment();
        EnvironmentRecord record = recordOf(environment);
        Optional<EnvironmentHistory> after = commits.changed(commit.id(), record.path())
                        && isAsSigned(commit, said.signed(), environment)
                ? record.history().afterSignedMerge(commit.id(), said.proposal())
                : Optional.empty();
        signed = signed.with(said.signed().at());
        after.ifPresent(history -> update(record, record.file(), history));
        return after.isPresent() ? Set.of(environment) : Set.of();
    }

    /** Whether a commit leaves an environment as a signed commit does: a merge can have content of its own. */
    private boolean isAsSigned(Commit commit, Commit signedCommit, EnvironmentName environment) {
        return commit.id().equals(signedCommit.id())
                || stateAt(commit.id(), environment).equals(stateAt(signedCommit.id(), environment));
    }

    private FileState stateAt(CommitId commit, EnvironmentName environment) {
        String path = paths.fileOf(environment);
        return stateOf(new FileVersion(path, commits.file(commit, path)));
    }

    /** The files that a commit changed, also one whose message has the marker. */
    private List<FileVersion> changedBy(Commit commit) {
        return commit.changed().isEmpty()
                ? commits.changes(commits.parents(commit.id()).stream().findFirst(), commit.id(), paths.root())
                : commit.changed();
    }

    private void applyUnsigned(Commit commit) {
        Optional<LedgerEntry> entry =
                CommitMessageParser.read(commit.message()).filter(candidate -> changedItsFile(commit, candidate));
        if (entry.isPresent()) {
            EnvironmentRecord record = recordOf(entry.get().environment());
            update(record, record.file(), record.history().after(commit.id(), entry.get().unsigned()));
        } else {
            proposalIn(commit)
                    .ifPresentOrElse(
                            proposal -> applyManualMerge(commit, proposal),
                            () -> applyManualEdits(commit));
        }
    }

    /**
     * Whether the commit changed what its entry claims. Anybody can write a message; without this check it would count
     * against the file.
     */
    private boolean changedItsFile(Commit commit, LedgerEntry entry) {
        return entry.action() == Action.APPROVE
                ? commits.hasNoChanges(commit.id())
                : commits.changed(commit.id(), paths.fileOf(entry.environment()));
    }

    /** The proposal that a person merged, as a merge commit or as a single commit. */
    private Optional<ProposalEntry> proposalIn(Commit commit) {
        return ProposalCommitParser.read(commit.message())
                .or(() -> commit.merged().flatMap(ProposalCommitParser::read))
                .filter(proposal -> commits.changed(
                        commit.id(), paths.fileOf(proposal.change().environment())));
    }

    private void applyManualMerge(Commit commit, ProposalEntry proposal) {
        EnvironmentRecord record = recordOf(proposal.change().environment());
        update(record, record.file(), record.history().afterMerge(commit.id(), proposal));
        applyManualEdits(commit);
    }

    private void applyManualEdits(Commit commit) {
        commit.changed().forEach(file -> applyManualEdit(commit, file, ManualEdit.Context.UNSIGNED));
    }

    private void applyManualEdit(Commit commit, FileVersion file, ManualEdit.Context context) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment);
            FileState state = stateOf(file);
            update(record, record.file(), record.history().after(new ManualEdit(commit, state, context)));
        });
    }

    /** Completes the history where it disagrees with the file at the head: the file is the truth. */
    private void completeFromFile(FileVersion file, CommitId head) {
        paths.environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment);
            FileState state = stateOf(file);
            EnvironmentHistory history = record.history();
            update(
                    record,
                    state,
                    history.agreesWith(state)
                            ? history
                            : history.after(new ManualEdit(commits.lastChangeOf(file.path(), head), state, context())));
        });
    }

    private ManualEdit.Context context() {
        return signed.hasBegun() ? ManualEdit.Context.SIGNED : ManualEdit.Context.UNSIGNED;
    }

    private FileState stateOf(FileVersion file) {
        Optional<BlobId> blob = file.blob();
        return blob.isEmpty()
                ? new FileState.Unrelated()
                : new EnvironmentFile(file.path(), commits.content(blob.get())).state();
    }

    private EnvironmentRecord recordOf(EnvironmentName environment) {
        return records.computeIfAbsent(
                environment,
                name -> new EnvironmentRecord(
                        paths.fileOf(name), new FileState.Unrelated(), EnvironmentHistory.of(name)));
    }

    private void update(EnvironmentRecord record, FileState file, EnvironmentHistory history) {
        records.put(record.environment(), new EnvironmentRecord(record.path(), file, history));
    }
}
