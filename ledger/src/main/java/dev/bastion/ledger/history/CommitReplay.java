package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.NotesReference;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replay of commits, oldest first, onto the records of the environments. */
final class CommitReplay {
    private static final Logger LOG = LoggerFactory.getLogger(CommitReplay.class);

    private final CommitReader commits;
    private final Layout layout;
    private final SignedMessageReader messages;
    private final CommitTimes times;
    private final EnvironmentRecords records;
    private final FileStates states;
    private final ManualEdits edits;
    private final FileCompletion completion;
    private final RecordedObservations.Builder observations;
    private final ReplayObserver observer;
    private SignedPart signed;

    private CommitReplay(
            CommitReader commits,
            Layout layout,
            TrustedKeys keys,
            Map<EnvironmentName, EnvironmentRecord> records,
            RecordedObservations observations,
            SignedPart signed,
            CommitTimes times,
            ReplayObserver observer) {
        this.commits = commits;
        this.layout = layout;
        this.messages = new SignedMessageReader(commits, layout, keys);
        this.times = times;
        this.records = new EnvironmentRecords(layout, records, observer);
        this.states = new FileStates(layout);
        this.edits = new ManualEdits(this.records, states, commits, times);
        this.completion = new FileCompletion(this.records, edits, commits, layout.directory());
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
        CommitTimes times = new CommitTimes(now, TimeWindow.ALWAYS);
        return new CommitReplay(commits, layout, keys, Map.of(), RecordedObservations.NONE, signed, times, observer);
    }

    /** @param layout the one of the replay before */
    static CommitReplay after(
            Checkpoint before,
            CommitReader commits,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            ReplayObserver observer) {
        return new CommitReplay(
                commits,
                layout,
                keys,
                before.records(),
                before.observations(),
                before.signed(),
                new CommitTimes(now, before.window()),
                observer);
    }

    /** When another reading of the same commits has the same result. */
    TimeWindow window() {
        return times.window();
    }

    /** What is known after a commit, which was replayed last. */
    Checkpoint checkpoint(CommitId head) {
        return new Checkpoint(head, signed, times.window(), records.all(), observations());
    }

    EnvironmentRecords records() {
        return records;
    }

    /** The states of files, for a reader ahead as well. */
    FileStates states() {
        return states;
    }

    SignedPart signed() {
        return signed;
    }

    RecordedObservations observations() {
        return observations.build();
    }

    /** A commit that cannot be understood counts for nothing: the files at the head complete the history. */
    void applyOrSkip(Commit commit) {
        skipOnFailure(commit, () -> apply(ReadCommit.of(commit, commits, layout)));
    }

    /** The same for a commit that was read ahead. */
    void applyOrSkip(ReadCommit commit) {
        skipOnFailure(commit.commit(), () -> apply(commit));
    }

    /** Does a work for a commit; a failure is logged, unless it concerns all commits. */
    static void skipOnFailure(Commit commit, Runnable work) {
        try {
            work.run();
        } catch (CloneBroken | OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("commit", commit.id()).setCause(e).log("commit.unreadable");
        }
    }

    private void apply(ReadCommit read) {
        ServiceMessage message = messages.read(read, signed);
        if (!signed.hasBegun() && message instanceof ServiceMessage.Nothing && !signed.isSwitch(read.id())) {
            applyUnsigned(read);
        } else {
            beginSignedPart(read);
            applySigned(read, message);
        }
    }

    /** Completes the unsigned part from its files, so that what follows finds it as a reader before the switch did. */
    private void beginSignedPart(ReadCommit read) {
        if (!signed.hasBegun()) {
            signed = signed.begunBy(read.id());
            read.parents().stream().findFirst().ifPresent(end -> completeFromFiles(Optional.empty(), end, false));
        }
    }

    /** Completes the histories from the files of a commit, see {@link FileCompletion#complete}. */
    void completeFromFiles(Optional<CommitId> since, CommitId head, boolean isTruncated) {
        completion.complete(since, head, signed, isTruncated);
    }

    /** Applies what the service says, and every other move of an environment as a manual edit of its own. */
    private void applySigned(ReadCommit read, ServiceMessage message) {
        Commit commit = read.commit();
        Set<EnvironmentName> explained = switch (message) {
            case ServiceMessage.Entries entries -> applyEntries(read, entries);
            case ServiceMessage.Proposed proposed -> applyMerge(commit, proposed);
            case ServiceMessage.Nothing _ -> {
                if (read.claimsToBeAnEntry()) {
                    observer.unsignedEntry(read.id());
                }
                yield Set.of();
            }
        };
        if (!isOwn(commit, message)) {
            edits.applySigned(commit, changedBy(commit), explained, signed);
        }
    }

    /** Whether the service made the commit itself, which changes nothing but the file of its entry. */
    private static boolean isOwn(Commit commit, ServiceMessage message) {
        return message instanceof ServiceMessage.Entries said
                && said.signed().id().equals(commit.id());
    }

    private Set<EnvironmentName> applyEntries(ReadCommit read, ServiceMessage.Entries said) {
        Commit commit = read.commit();
        Set<EnvironmentName> named =
                said.entries().stream().map(LedgerEntry::environment).collect(Collectors.toSet());
        signed = signed.with(commit.id(), said.signed().at());
        if (!named.stream().allMatch(environment -> isAsSigned(commit, said.signed(), environment))) {
            return Set.of();
        }
        said.entries().forEach(entry -> {
            EnvironmentRecord record = records.of(entry.environment());
            boolean isChange = isOwn(commit, said)
                    ? read.changesItsFile()
                    : ReadCommit.changesFileOf(entry.environment(), commit.id(), commits, layout);
            Instant at = said.signed().at();
            EnvironmentHistory history = record.history().after(commit.id(), entry);
            EnvironmentRecord changed = isChange ? record.changedByEntry(commit.id(), at) : record;
            records.move(record, changed.with(record.file(), history), commit.at(at), entry.by(), Optional.of(entry));
        });
        said.observations().forEach(observation -> keep(commit, observation));
        said.line().forEach(this::lookForNotes);
        return named;
    }

    private Set<EnvironmentName> applyMerge(Commit commit, ServiceMessage.Proposed said) {
        EnvironmentName environment = said.proposal().change().environment();
        EnvironmentRecord record = records.of(environment);
        Optional<EnvironmentHistory> after =
                commits.changed(commit.id(), record.path()) && isAsSigned(commit, said.signed(), environment)
                        ? record.history().afterSignedMerge(commit.id(), said.proposal())
                        : Optional.empty();
        signed = signed.with(commit.id(), said.signed().at());
        Instant at = said.signed().at();
        after.map(history -> record.changedByEntry(commit.id(), at).with(record.file(), history))
                .ifPresent(
                        now -> records.move(record, now, commit.at(at), authorOf(said.proposal()), Optional.empty()));
        return after.isPresent() ? Set.of(environment) : Set.of();
    }

    /** Whether a commit leaves an environment as a signed commit does: a merge can have content of its own. */
    private boolean isAsSigned(Commit commit, Commit signedCommit, EnvironmentName environment) {
        return commit.id().equals(signedCommit.id())
                || stateAt(commit.id(), environment).equals(stateAt(signedCommit.id(), environment));
    }

    private FileState stateAt(CommitId commit, EnvironmentName environment) {
        String path = records.of(environment).path();
        return edits.stateOf(new FileVersion(path, commits.file(commit, path)));
    }

    /** The files that a commit changed, also one whose message has the marker. */
    private List<FileVersion> changedBy(Commit commit) {
        return commit.changed().isEmpty()
                ? commits.changes(commits.firstParent(commit.id()), commit.id(), layout.directory())
                : commit.changed();
    }

    private void applyUnsigned(ReadCommit read) {
        Commit commit = read.commit();
        Optional<LedgerEntry> entry = read.said().entry().filter(candidate -> didItsEntry(read, candidate));
        if (entry.isPresent()) {
            applyUnsigned(commit, entry.get());
        } else if (read.hasNoChanges()) {
            // without signatures, an observation counts where the commit has nothing but its message, and no approval
            // does
            read.said()
                    .observation()
                    .filter(observation -> !(observation instanceof Observation.Approved))
                    .ifPresent(observation -> keep(commit, observation));
        } else {
            proposalIn(read).ifPresent(proposal -> applyManualMerge(commit, proposal));
            edits.applyUnsigned(commit, changedBy(commit), signed);
        }
    }

    private void applyUnsigned(Commit commit, LedgerEntry entry) {
        EnvironmentRecord record = records.of(entry.environment());
        Instant at = edits.timeOf(commit, record, signed);
        LedgerEntry claimed = entry.unsigned();
        EnvironmentHistory history = record.history().after(commit.id(), times.possible(claimed, at));
        lookForNotes(commit);
        boolean isChange = entry.action() != Action.APPROVE;
        EnvironmentRecord changed = isChange ? record.changedByEntry(commit.id(), at) : record;
        records.move(record, changed.with(record.file(), history), commit.at(at), entry.by(), Optional.of(claimed));
    }

    /**
     * Whether the commit changed what its entry claims. Anybody can write a message; without this check it would count
     * against the file.
     */
    private static boolean didItsEntry(ReadCommit read, LedgerEntry entry) {
        return entry.action() == Action.APPROVE ? read.hasNoChanges() : read.changesItsFile();
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
    private Optional<ProposalEntry> proposalIn(ReadCommit read) {
        return read.said()
                .proposal()
                .or(() -> read.commit().merged().flatMap(ProposalCommitParser::read))
                .filter(proposal ->
                        ReadCommit.changesFileOf(proposal.change().environment(), read.id(), commits, layout));
    }

    private void applyManualMerge(Commit commit, ProposalEntry proposal) {
        EnvironmentRecord record = records.of(proposal.change().environment());
        EnvironmentRecord merged = record.with(record.file(), record.history().afterMerge(commit.id(), proposal));
        Instant at = edits.timeOf(commit, record, signed);
        records.move(record, merged, commit.at(at), authorOf(proposal), Optional.empty());
    }
}
