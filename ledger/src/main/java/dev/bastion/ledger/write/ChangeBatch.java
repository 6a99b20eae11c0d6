package dev.bastion.ledger.write;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.NotesReference;
import dev.bastion.ledger.entry.ObservationMessage;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.entry.SigningNotice;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.signature.SigningFailed;
import dev.bastion.ledger.git.signature.SshPublicKey;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.history.RecordedObservations;
import dev.bastion.ledger.history.SignedPart;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Consecutive changes in one draft, each written if its precondition holds after the ones before it. A result counts
 * once the draft is pushed, or, for an empty draft, once the remote's head is known to be the base.
 */
final class ChangeBatch {
    private final LedgerState base;
    private final CommitDraft draft;
    private final FileEdits edits;
    private final ChangeCheck check;
    private final Signature committer;
    private final boolean isSigning;
    private final SigningHealth signing;
    private final Optional<CommitId> notes;
    private final RecordedObservations.Builder observations;
    private SignedPart signed;
    private final Map<EnvironmentName, EnvironmentRecord> changed = new HashMap<>();

    /** @param notes the head of the notes, where the ledger keeps its observations there */
    ChangeBatch(
            LedgerState base,
            CommitReader commits,
            CommitDraft draft,
            LedgerSettings settings,
            SigningHealth signing,
            Optional<CommitId> notes) {
        this.base = base;
        this.draft = draft;
        this.edits = new FileEdits(commits, draft, base.layout());
        this.check = new ChangeCheck(base.snapshot().policy(), edits);
        this.committer = settings.committer();
        this.isSigning = settings.keys().signer().isPresent();
        this.signing = signing;
        this.notes = notes;
        this.signed = base.signed();
        this.observations = new RecordedObservations.Builder(base.observations());
    }

    RecordResult record(LedgerChange change) {
        EnvironmentRecord record = recordOf(change.environment());
        return ChangeCheck.alreadyRecorded(change, record.history())
                .orElseGet(() -> check.preconditionHolds(change, record, this::openGrants)
                        ? write(change, record)
                        : conflict(record));
    }

    /** The ledger's state once the draft is the branch's head. The service changes no policy. */
    LedgerState result() {
        Map<EnvironmentName, EnvironmentRecord> records = records();
        Configuration configuration =
                new Configuration(base.layout(), base.snapshot().policy());
        return LedgerState.of(draft.tip(), records, configuration, signed, observations.build());
    }

    /** Adds the empty commit from which on entries are signed. */
    void beginSigning(SshPublicKey key, Instant at) {
        signed = signed.with(draft.commitEmpty(SigningNotice.of(key), committer, at), at);
    }

    /**
     * Adds the entry of an observation, unless the ledger has such a one for the request. Where the service signs, there is
     * no unsigned one: it would count for no reader, and unlike the end of a grant it can wait.
     *
     * @throws SigningFailed when it cannot be signed; then nothing is added
     */
    void add(Observation observation) {
        if (observations.has(observation)) {
            return;
        }
        String message = ObservationMessage.of(observation);
        if (ObservationMessageParser.read(message).filter(observation::equals).isEmpty()) {
            throw new IllegalStateException("the commit message cannot be parsed back:\n" + message);
        }
        Instant at = signed.later(observation.at());
        CommitId commit = draft.commitEmpty(message, committer, at);
        if (isSigning) {
            signing.works();
            signed = signed.with(commit, at);
        }
        observations.add(observation);
    }

    private EnvironmentRecord recordOf(EnvironmentName environment) {
        EnvironmentRecord known =
                changed.getOrDefault(environment, base.records().get(environment));
        return known != null
                ? known
                : EnvironmentRecord.of(base.layout().filesOf(environment).getFirst(), environment);
    }

    private Map<EnvironmentName, EnvironmentRecord> records() {
        Map<EnvironmentName, EnvironmentRecord> records = new HashMap<>(base.records());
        records.putAll(changed);
        return records;
    }

    private Stream<Grant> openGrants() {
        return records().values().stream().flatMap(record -> record.history().open().stream());
    }

    private RecordResult conflict(EnvironmentRecord record) {
        return new RecordResult.Conflict(
                record.file() instanceof FileState.Unrelated
                                && record.unreadable().isEmpty()
                        ? new EnvironmentState.Unclear(
                                record.environment(),
                                record.path() + ": the file is missing or has no audit variables. Restore it.")
                        : record.state(base.snapshot().policy()));
    }

    private RecordResult write(LedgerChange change, EnvironmentRecord record) {
        byte[] edited = edits.after(change, record);
        LedgerEntry entry = LedgerEntry.of(withRecordedGrant(change, record));
        Written written = commit(change, record, edited, entry);
        signed = written.signed();
        changed.put(written.after().environment(), written.after());
        return written.result();
    }

    /** A commit as a restart would read it. A draft has only commits for which there is one. */
    private record Written(EnvironmentRecord after, SignedPart signed, RecordResult result) {
        static Written of(CommitId commit, EnvironmentRecord after, SignedPart signed, RequestId request) {
            return new Written(
                    after, signed, new RecordResult.Recorded(commit, grantOf(request, after.history()), false));
        }
    }

    private static Grant grantOf(RequestId request, EnvironmentHistory history) {
        return history.open()
                .filter(grant -> grant.request().equals(request))
                .or(() -> history.past().find(request).map(PastGrant::grant))
                .orElseThrow();
    }

    /** Commits the entry with a signature. An end of access goes without one when the key fails; nothing else does. */
    private Written commit(LedgerChange change, EnvironmentRecord record, byte[] edited, LedgerEntry entry) {
        String message = notes.map(head -> NotesReference.addTo(CommitMessage.of(entry), head))
                .orElseGet(() -> CommitMessage.of(entry));
        Instant at = timestampOf(change);
        try {
            return draft.commit(record.path(), edited, message, author(entry), committer, at, commit -> {
                if (isSigning) {
                    signing.works();
                }
                SignedPart part = isSigning ? signed.with(commit, at) : signed;
                EnvironmentRecord after =
                        readBack(changedBy(change, record, commit), commit, edited, message, part.hasBegun());
                return Written.of(commit, after, part, entry.request());
            });
        } catch (SigningFailed e) {
            LedgerRejected refusal = signing.failed("recording " + change.environment(), e);
            if (!(change instanceof LedgerChange.Close)) {
                throw refusal;
            }
            return draft.commitUnsigned(record.path(), edited, message, author(entry), committer, at, commit -> {
                EnvironmentRecord after = signed.hasBegun()
                        ? readBackUnsigned(
                                record, commit, edited, new Authorship(author(entry), signed.later(at), message))
                        : readBack(changedBy(change, record, commit), commit, edited, message, false);
                return Written.of(commit, after, signed, entry.request());
            });
        }
    }

    private static EnvironmentRecord changedBy(LedgerChange change, EnvironmentRecord record, CommitId commit) {
        boolean isEmpty = change instanceof LedgerChange.Approve
                || change instanceof LedgerChange.ConfirmEnd
                || (change instanceof LedgerChange.Start start && FileEdits.keepsTimes(start));
        return isEmpty ? record : record.changedByEntry(commit, timestampOf(change));
    }

    private record Authorship(Signature author, Instant at, String message) {}

    /** An unsigned commit where entries are signed: a restart would read it as a manual edit. */
    private EnvironmentRecord readBackUnsigned(
            EnvironmentRecord record, CommitId commit, byte[] edited, Authorship made) {
        FileState file =
                EnvironmentFile.in(base.layout(), record.path(), edited).state();
        Commit read = new Commit(
                commit,
                made.author().name(),
                made.author().email(),
                made.at(),
                made.message(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        ManualEdit edit = new ManualEdit(read, file, ManualEdit.Context.SIGNED);
        return record.changedBy(commit, made.at())
                .with(file, record.history().after(edit))
                .editedBy(edit);
    }

    /** The change with the ledger's own grant in place of the caller's: the ledger knows which commit opened it. */
    private static LedgerChange withRecordedGrant(LedgerChange change, EnvironmentRecord record) {
        Optional<Grant> known = record.history().open();
        return switch (change) {
            case LedgerChange.Open open -> open;
            case LedgerChange.Extend(Grant from, var newEnd, var by, var at, var origin) ->
                new LedgerChange.Extend(merged(known, from), newEnd, by, at, origin);
            case LedgerChange.Start(Grant from, var at, var newEnd, var approved, var memberships) ->
                new LedgerChange.Start(merged(known, from), at, newEnd, approved, memberships);
            case LedgerChange.ConfirmEnd(Grant grant, var by, var approved) ->
                new LedgerChange.ConfirmEnd(merged(known, grant), by, approved);
            case LedgerChange.Approve(Grant grant, var by, var at, var memberships) ->
                new LedgerChange.Approve(
                        merged(
                                known.filter(open -> open.request().equals(grant.request()))
                                        .or(() -> ChangeCheck.pastOf(record.history(), grant)
                                                .map(PastGrant::grant)),
                                grant),
                        by,
                        at,
                        memberships);
            case LedgerChange.Close(Grant grant, var end, var at) ->
                new LedgerChange.Close(merged(known, grant), end, at);
        };
    }

    private static Grant merged(Optional<Grant> known, Grant given) {
        Grant grant = known.orElse(given);
        return grant.shownIn().or(given::shownIn).map(grant::shownIn).orElse(grant);
    }

    /** The record as a restart would read it. A commit that reads back differently does not come into the draft. */
    private EnvironmentRecord readBack(
            EnvironmentRecord record, CommitId commit, byte[] edited, String message, boolean isSigned) {
        LedgerEntry entry = CommitMessageParser.read(message)
                .map(read -> isSigned ? read : read.unsigned())
                .orElseThrow(() -> new IllegalStateException("the commit message cannot be parsed back:\n" + message));
        FileState file = FileStateReader.of(base.layout(), record.path(), edited);
        EnvironmentHistory history = record.history().after(commit, entry);
        boolean isReadable = !(file instanceof FileState.Unclear)
                || (entry.end().isPresent() && FileEdits.isClosed(file) && !(record.file() instanceof FileState.Open));
        if (!isReadable || !history.agreesWith(file)) {
            throw new IllegalStateException(record.path() + " would say " + file + " after " + entry);
        }
        return record.with(file, history);
    }

    private Signature author(LedgerEntry entry) {
        return entry.by()
                .filter(by -> !by.is(End.SERVICE))
                .map(ManualEdit::signatureOf)
                .orElse(committer);
    }

    private static Instant timestampOf(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> open.createdAt();
            case LedgerChange.Extend extend -> extend.at();
            case LedgerChange.Start start ->
                start.approved().map(ApprovalBasis.Approved::at).orElse(start.at());
            case LedgerChange.ConfirmEnd confirm -> confirm.approved().at();
            case LedgerChange.Approve approve -> approve.at();
            case LedgerChange.Close close -> close.at();
        };
    }
}
