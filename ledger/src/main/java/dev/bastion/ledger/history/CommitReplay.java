package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.NotesReference;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replay of commits, oldest first, onto the records of the environments. */
final class CommitReplay {
    private static final Logger LOG = LoggerFactory.getLogger(CommitReplay.class);

    private final CommitReader commits;
    private final FileStateReader files;
    private final Layout layout;
    private final SignedMessageReader messages;
    private final CommitTimes times;
    private final Map<EnvironmentName, EnvironmentRecord> records;
    private final RecordedObservations.Builder observations;
    private final ReplayObserver observer;
    private SignedPart signed;
    private boolean isFull;

    private CommitReplay(
            CommitReader commits,
            Layout layout,
            TrustedKeys keys,
            Map<EnvironmentName, EnvironmentRecord> records,
            RecordedObservations observations,
            SignedPart signed,
            Instant now,
            ReplayObserver observer) {
        this.commits = commits;
        this.files = new FileStateReader(commits);
        this.layout = layout;
        this.messages = new SignedMessageReader(commits, layout, keys);
        this.times = new CommitTimes(now);
        this.records = new HashMap<>(records);
        this.observations = new RecordedObservations.Builder(observations);
        this.signed = signed;
        this.observer = observer;
    }

    static CommitReplay fromTheBeginning(
            CommitReader commits,
            Layout layout,
            TrustedKeys keys,
            SignedPart signed,
            Instant now,
            ReplayObserver observer) {
        return new CommitReplay(commits, layout, keys, Map.of(), RecordedObservations.NONE, signed, now, observer);
    }

    static CommitReplay after(LedgerState before, CommitReader commits, TrustedKeys keys, Instant now) {
        return new CommitReplay(
                commits,
                before.layout(),
                keys,
                before.records(),
                before.observations(),
                before.signed(),
                now,
                ReplayObserver.NONE);
    }

    Map<EnvironmentName, EnvironmentRecord> records() {
        return records;
    }

    SignedPart signed() {
        return signed;
    }

    RecordedObservations observations() {
        return observations.build();
    }

    /** An unclear file may be open. */
    boolean isAnyOpen() {
        return records.values().stream()
                .anyMatch(record ->
                        record.file() instanceof FileState.Open || record.file() instanceof FileState.Unclear);
    }

    /** A commit that cannot be understood counts for nothing: the files at the head complete the history. */
    void applyOrSkip(Commit commit) {
        try {
            apply(commit);
        } catch (CloneBroken | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("commit", commit.id()).setCause(e).log("commit.unreadable");
        }
    }

    private void apply(Commit commit) {
        ServiceMessage message = messages.read(commit, signed);
        if (!signed.hasBegun() && message instanceof ServiceMessage.Nothing && !signed.isSwitch(commit.id())) {
            applyUnsigned(commit);
        } else {
            beginSignedPart(commit);
            applySigned(commit, message);
        }
    }

    /** Completes the unsigned part from its files, so that what follows finds it as a reader before the switch did. */
    private void beginSignedPart(Commit commit) {
        if (!signed.hasBegun()) {
            signed = signed.begunBy(commit.id());
            commits.parents(commit.id()).stream()
                    .findFirst()
                    .ifPresent(end -> completeFromFiles(Optional.empty(), end));
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
                .filter(file -> environmentAt(file.path()).isPresent())
                .toList();
        ManualEdit.Context context =
                moved.size() > 1 ? ManualEdit.Context.SIGNED_WITH_OTHERS : ManualEdit.Context.SIGNED;
        moved.stream()
                .filter(file ->
                        environmentAt(file.path()).filter(explained::contains).isEmpty())
                .forEach(file -> applyManualEdit(commit, file, context));
    }

    /** Whether the service made the commit itself, which changes nothing but the file of its entry. */
    private static boolean isOwn(Commit commit, ServiceMessage message) {
        return message instanceof ServiceMessage.Entries said
                && said.signed().id().equals(commit.id());
    }

    private Set<EnvironmentName> applyEntries(Commit commit, ServiceMessage.Entries said) {
        Set<EnvironmentName> named =
                said.entries().stream().map(LedgerEntry::environment).collect(Collectors.toSet());
        signed = signed.with(commit.id(), said.signed().at());
        if (!named.stream().allMatch(environment -> isAsSigned(commit, said.signed(), environment))) {
            return Set.of();
        }
        said.entries().forEach(entry -> {
            EnvironmentRecord record = recordOf(entry.environment());
            boolean isChange = changedFileOf(entry.environment(), commit);
            Instant at = said.signed().at();
            EnvironmentHistory history = record.history().after(commit.id(), entry);
            EnvironmentRecord changed = isChange ? record.changedByEntry(commit.id(), at) : record;
            keep(record, changed.with(record.file(), history), commit.at(at), entry.by(), Optional.of(entry));
        });
        said.observations().forEach(observation -> keep(commit, observation));
        said.line().forEach(this::lookForNotes);
        return named;
    }

    private Set<EnvironmentName> applyMerge(Commit commit, ServiceMessage.Proposed said) {
        EnvironmentName environment = said.proposal().change().environment();
        EnvironmentRecord record = recordOf(environment);
        Optional<EnvironmentHistory> after =
                commits.changed(commit.id(), record.path()) && isAsSigned(commit, said.signed(), environment)
                        ? record.history().afterSignedMerge(commit.id(), said.proposal())
                        : Optional.empty();
        signed = signed.with(commit.id(), said.signed().at());
        Instant at = said.signed().at();
        after.map(history -> record.changedByEntry(commit.id(), at).with(record.file(), history))
                .ifPresent(now -> keep(record, now, commit.at(at), authorOf(said.proposal()), Optional.empty()));
        return after.isPresent() ? Set.of(environment) : Set.of();
    }

    /** Whether a commit leaves an environment as a signed commit does: a merge can have content of its own. */
    private boolean isAsSigned(Commit commit, Commit signedCommit, EnvironmentName environment) {
        return commit.id().equals(signedCommit.id())
                || stateAt(commit.id(), environment).equals(stateAt(signedCommit.id(), environment));
    }

    private FileState stateAt(CommitId commit, EnvironmentName environment) {
        String path = recordOf(environment).path();
        return stateOf(new FileVersion(path, commits.file(commit, path)));
    }

    /** The files that a commit changed, also one whose message has the marker. */
    private List<FileVersion> changedBy(Commit commit) {
        return commit.changed().isEmpty()
                ? commits.changes(commits.parents(commit.id()).stream().findFirst(), commit.id(), layout.directory())
                : commit.changed();
    }

    private void applyUnsigned(Commit commit) {
        Optional<LedgerEntry> entry =
                CommitMessageParser.read(commit.message()).filter(candidate -> changedItsFile(commit, candidate));
        if (entry.isPresent()) {
            EnvironmentRecord record = recordOf(entry.get().environment());
            Instant at = timeOf(commit, record);
            EnvironmentHistory history = record.history()
                    .after(commit.id(), times.possible(entry.get().unsigned(), at));
            lookForNotes(commit);
            boolean isChange = entry.get().action() != Action.APPROVE;
            EnvironmentRecord changed = isChange ? record.changedByEntry(commit.id(), at) : record;
            keep(
                    record,
                    changed.with(record.file(), history),
                    commit.at(at),
                    entry.get().by(),
                    entry);
        } else if (commits.hasNoChanges(commit.id())) {
            // without signatures, an observation counts where the commit has nothing but its message, and no approval does
            ObservationMessageParser.read(commit.message())
                    .filter(observation -> !(observation instanceof Observation.Approved))
                    .ifPresent(observation -> keep(commit, observation));
        } else {
            proposalIn(commit)
                    .ifPresentOrElse(proposal -> applyManualMerge(commit, proposal), () -> applyManualEdits(commit));
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

    private void lookForNotes(Commit entry) {
        NotesReference.in(entry.message()).ifPresent(observer::notesNamed);
    }

    private void keep(Commit commit, Observation observation) {
        boolean isFirst = !observations.has(observation);
        if (isFirst) {
            observations.add(observation);
            observer.observed(commit.id(), observation);
        }
    }

    private static Optional<Person> authorOf(ProposalEntry proposal) {
        return Optional.of(
                switch (proposal.change()) {
                    case ProposedChange.Opening opening -> opening.requester();
                    case ProposedChange.Extension extension -> extension.by();
                });
    }

    /** The proposal that a person merged, as a merge commit or as a single commit. */
    private Optional<ProposalEntry> proposalIn(Commit commit) {
        return ProposalCommitParser.read(commit.message())
                .or(() -> commit.merged().flatMap(ProposalCommitParser::read))
                .filter(proposal -> changedFileOf(proposal.change().environment(), commit));
    }

    private boolean changedFileOf(EnvironmentName environment, Commit commit) {
        return layout.filesOf(environment).stream().anyMatch(path -> commits.changed(commit.id(), path));
    }

    private void applyManualMerge(Commit commit, ProposalEntry proposal) {
        EnvironmentRecord record = recordOf(proposal.change().environment());
        EnvironmentRecord merged = record.with(record.file(), record.history().afterMerge(commit.id(), proposal));
        keep(record, merged, commit.at(timeOf(commit, record)), authorOf(proposal), Optional.empty());
        applyManualEdits(commit);
    }

    private void applyManualEdits(Commit commit) {
        ManualEdit.Context context = ManualEdit.Context.UNSIGNED;
        for (FileVersion file : changedBy(commit)) {
            if (environmentAt(file.path()).isPresent()) {
                applyManualEdit(commit, file, context);
                context = ManualEdit.Context.UNSIGNED_AFTER_OTHERS;
            }
        }
    }

    private void applyManualEdit(Commit commit, FileVersion file, ManualEdit.Context context) {
        environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment).at(file.path());
            FileState state = stateOf(file);
            Commit dated = commit.at(timeOf(commit, record));
            edited(record, new ManualEdit(dated, state, context));
        });
    }

    /** Completes the histories of the files that changed; of all that are known, when there are too many to list. */
    void completeFromFiles(Optional<CommitId> since, CommitId head) {
        List<FileVersion> changed = commits.changes(since, head, layout.directory());
        List<FileVersion> incomplete = new ArrayList<>();
        changed.forEach(file -> keepOrAdd(file, incomplete));
        if (commits.isTruncated()) {
            LOG.atError()
                    .addKeyValue("head", head)
                    .log("ledger.too-many-files: environments among them may be unknown");
            List.copyOf(records.values()).stream()
                    .map(record -> new FileVersion(record.path(), commits.file(head, record.path())))
                    .forEach(file -> keepOrAdd(file, incomplete));
        }
        if (!incomplete.isEmpty()) {
            Set<String> paths = incomplete.stream().map(FileVersion::path).collect(Collectors.toSet());
            Map<String, Commit> last = commits.lastChangesOf(paths, layout.directory(), head);
            incomplete.forEach(file ->
                    skipOnFailure(file, () -> complete(file, Objects.requireNonNull(last.get(file.path())))));
        }
    }

    private void keepOrAdd(FileVersion file, List<FileVersion> incomplete) {
        skipOnFailure(file, () -> {
            if (!isComplete(file)) {
                incomplete.add(file);
            }
        });
    }

    private static void skipOnFailure(FileVersion file, Runnable work) {
        try {
            work.run();
        } catch (CloneBroken | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("file", file.path()).setCause(e).log("file.unreadable");
        }
    }

    /** Notes the file's state, and says whether the history agrees with it. */
    private boolean isComplete(FileVersion file) {
        Optional<EnvironmentName> environment = environmentAt(file.path());
        if (environment.isEmpty()) {
            return true;
        }
        EnvironmentRecord record = recordOf(environment.get()).at(file.path());
        FileState state = stateOf(file);
        EnvironmentRecord now = record.with(state, record.history());
        boolean agrees = record.history().agreesWith(state) && !now.needsItsEdit();
        if (agrees) {
            records.put(environment.get(), now);
        }
        return agrees;
    }

    /** Completes the history where it disagrees with the file at the head: the file is the truth. */
    private void complete(FileVersion file, Commit found) {
        environmentAt(file.path()).ifPresent(environment -> {
            EnvironmentRecord record = recordOf(environment).at(file.path());
            FileState state = stateOf(file);
            Commit last = found.at(timeOf(found, record));
            edited(record, new ManualEdit(last, state, context()));
        });
    }

    /** The time of a commit that the service did not sign, between the last known one before it and now. */
    private Instant timeOf(Commit commit, EnvironmentRecord record) {
        Instant before = record.lastChangedAt();
        return times.of(commit, signed.hasBegun() ? signed.later(before) : before);
    }

    private ManualEdit.Context context() {
        return signed.hasBegun() ? ManualEdit.Context.SIGNED : ManualEdit.Context.UNSIGNED;
    }

    private FileState stateOf(FileVersion file) {
        return files.of(file.path(), file.blob());
    }

    /** The environment of a file; empty also for a new one where there are too many. */
    private Optional<EnvironmentName> environmentAt(String path) {
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

    private EnvironmentRecord recordOf(EnvironmentName environment) {
        return records.computeIfAbsent(
                environment, name -> EnvironmentRecord.of(layout.filesOf(name).getFirst(), name));
    }

    private void edited(EnvironmentRecord record, ManualEdit edit) {
        EnvironmentRecord now = record.changedBy(edit.commit().id(), edit.at())
                .with(edit.file(), record.history().after(edit))
                .editedBy(edit);
        keep(record, now, edit.commit(), Optional.of(edit.by()), Optional.empty());
    }

    private void keep(
            EnvironmentRecord before,
            EnvironmentRecord now,
            Commit dated,
            Optional<Person> by,
            Optional<LedgerEntry> entry) {
        records.put(now.environment(), now);
        observer.moved(new ReplayObserver.Move(dated.id(), dated.at(), by, entry, before, now));
    }

    /**
     * Drops ended grants but the newest ones of each environment, this many or up to twice as many: a reader of a whole history
     * cannot hold them all.
     */
    void forgetPast(int most) {
        records.replaceAll((_, record) -> record.withoutPastBeyond(most));
    }
}
