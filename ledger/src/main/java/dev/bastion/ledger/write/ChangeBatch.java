package dev.bastion.ledger.write;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
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
import dev.bastion.ledger.history.SignedPart;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Consecutive changes in one draft, each written if its precondition holds after the ones before it. A result counts
 * once the draft is pushed, or, for an empty draft, once the remote's head is known to be the base.
 */
final class ChangeBatch {
    private final LedgerState base;
    private final CommitReader commits;
    private final CommitDraft draft;
    private final Signature committer;
    private final boolean isSigning;
    private final SigningHealth signing;
    private SignedPart signed;
    private final Map<EnvironmentName, EnvironmentRecord> changed = new HashMap<>();

    ChangeBatch(
            LedgerState base, CommitReader commits, CommitDraft draft, LedgerSettings settings, SigningHealth signing) {
        this.base = base;
        this.commits = commits;
        this.draft = draft;
        this.committer = settings.committer();
        this.isSigning = settings.keys().signer().isPresent();
        this.signing = signing;
        this.signed = base.signed();
    }

    RecordResult record(LedgerChange change) {
        EnvironmentRecord record = recordOf(change.environment());
        return alreadyRecorded(change, record.history())
                .orElseGet(() -> preconditionHolds(change, record) ? write(change, record) : conflict(record));
    }

    /** The ledger's state once the draft is the branch's head. The service changes no policy. */
    LedgerState result() {
        Map<EnvironmentName, EnvironmentRecord> records = records();
        Configuration configuration =
                new Configuration(base.layout(), base.snapshot().policy());
        return LedgerState.of(draft.tip(), records, configuration, signed);
    }

    /** Adds the empty commit from which on entries are signed. */
    void beginSigning(SshPublicKey key, Instant at) {
        draft.commitEmpty(SigningNotice.of(key), committer, at);
        signed = signed.with(at);
    }

    private EnvironmentRecord recordOf(EnvironmentName environment) {
        EnvironmentRecord known =
                changed.getOrDefault(environment, base.records().get(environment));
        return known != null
                ? known
                : EnvironmentRecord.of(base.layout().filesOf(environment).getFirst(), environment);
    }

    /** The result of a change that the ledger already has. */
    private static Optional<RecordResult> alreadyRecorded(LedgerChange change, EnvironmentHistory history) {
        return switch (change) {
            case LedgerChange.Open open ->
                history.open()
                        .filter(grant -> grant.request().equals(open.request().id()))
                        .or(() -> history.past().find(open.request().id()).map(PastGrant::grant))
                        .map(grant -> new RecordResult.Recorded(grant.openedBy(), grant, true));
            case LedgerChange.Extend(Grant from, Instant newEnd, var _, var _) ->
                alreadyApplied(history, grant -> grant.hasSameExpiryAs(from.until(newEnd)));
            case LedgerChange.Start start -> alreadyApplied(history, grant -> isStarted(grant, start));
            case LedgerChange.Approve(Grant from, Person by, var _) ->
                alreadyApplied(history, grant -> grant.request().equals(from.request()) && isApproved(grant, by))
                        .or(() -> pastOf(history, from)
                                .filter(past -> isApproved(past.grant(), by))
                                .map(past -> new RecordResult.Recorded(past.closedBy(), past.grant(), true)));
            case LedgerChange.Close(Grant grant, var _, var _) ->
                history.past()
                        .find(grant.request())
                        .filter(_ -> !isOpenAgain(history, grant))
                        .map(past -> new RecordResult.Recorded(past.closedBy(), past.grant(), true));
        };
    }

    private static Optional<RecordResult> alreadyApplied(EnvironmentHistory history, Predicate<Grant> isApplied) {
        return history.open()
                .filter(isApplied)
                .flatMap(grant -> history.lastChange().map(commit -> new RecordResult.Recorded(commit, grant, true)));
    }

    private static boolean isStarted(Grant grant, LedgerChange.Start start) {
        return start.approved().isPresent()
                ? grant.request().equals(start.from().request()) && isSigned(grant)
                : grant.hasSameExpiryAs(start.from().until(start.newEnd()))
                        && grant.createdAt().equals(start.at());
    }

    private static boolean isSigned(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved approved && approved.isSigned();
    }

    /** A person can open an ended grant once more, with a copy of its commit: then it must be ended once more. */
    private static boolean isOpenAgain(EnvironmentHistory history, Grant grant) {
        return history.open()
                .filter(open -> open.request().equals(grant.request()))
                .isPresent();
    }

    private static boolean isApproved(Grant grant, Person by) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy)
                && approvedBy.filter(by::is).isPresent();
    }

    private boolean preconditionHolds(LedgerChange change, EnvironmentRecord record) {
        return switch (change) {
            case LedgerChange.Open open -> record.file() instanceof FileState.Closed && open.hasCounted(openGrants());
            case LedgerChange.Extend(Grant from, var _, var _, var _) -> isOpen(record, from);
            case LedgerChange.Start(Grant from, var _, var _, var approved) ->
                isOpen(
                        record,
                        from,
                        grant -> approved.isPresent()
                                ? grant.approvalBasis() instanceof ApprovalBasis.Unconfirmed
                                : grant.isClockPending());
            case LedgerChange.Approve(Grant grant, var _, var _) -> awaitsApproval(record, grant);
            case LedgerChange.Close(Grant grant, var _, var _) -> isOpen(record, grant) || isOpenUnread(record, grant);
        };
    }

    /** Whether the grant is in force although its file cannot be read, and the file can be edited all the same. */
    private boolean isOpenUnread(EnvironmentRecord record, Grant grant) {
        return record.state(base.snapshot().policy()) instanceof EnvironmentState.Unclear unclear
                && unclear.grant().filter(grant::hasSameExpiryAs).isPresent()
                && draft.file(record.path())
                        .flatMap(bytes -> closedUnread(record, bytes))
                        .isPresent();
    }

    /** The closed version of a file that cannot be read: what can be located is closed, or the version from before is put back. */
    private Optional<byte[]> closedUnread(EnvironmentRecord record, byte[] bytes) {
        return new EnvironmentFile(record.path(), bytes)
                .closedWherePossible()
                .or(() -> contentBeforeGrant(record)
                        .filter(before -> FileStateReader.of(record.path(), before) instanceof FileState.Closed))
                .filter(closed -> isClosed(FileStateReader.of(record.path(), closed)));
    }

    private static boolean isClosed(FileState file) {
        return switch (file) {
            case FileState.Closed _ -> true;
            case FileState.Unclear(String _, boolean isClosed) -> isClosed;
            case FileState.Open _, FileState.Unrelated _ -> false;
        };
    }

    /** Whether the grant, open or over, was opened by break-glass and has no other approval than the change has seen. */
    private static boolean awaitsApproval(EnvironmentRecord record, Grant grant) {
        boolean isFileKnown = record.file() instanceof FileState.Closed || record.file() instanceof FileState.Open;
        boolean isPast = pastOf(record.history(), grant)
                .filter(past -> hasSameBreakGlass(past.grant(), grant))
                .isPresent();
        return isOpen(record, grant, recorded -> hasSameBreakGlass(recorded, grant)) || (isFileKnown && isPast);
    }

    private static Optional<PastGrant> pastOf(EnvironmentHistory history, Grant grant) {
        return history.past().find(grant.request());
    }

    private static boolean isOpen(EnvironmentRecord record, Grant grant) {
        return isOpen(record, grant, _ -> true);
    }

    private static boolean isOpen(EnvironmentRecord record, Grant grant, Predicate<Grant> and) {
        return record.file() instanceof FileState.Open
                && record.history()
                        .open()
                        .filter(grant::hasSameExpiryAs)
                        .filter(and)
                        .isPresent();
    }

    private static boolean hasSameBreakGlass(Grant recorded, Grant seen) {
        return recorded.approvalBasis() instanceof ApprovalBasis.BreakGlass(var recordedBy)
                && seen.approvalBasis() instanceof ApprovalBasis.BreakGlass(var seenBy)
                && recordedBy.map(Person::id).equals(seenBy.map(Person::id));
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
        byte[] bytes = draft.file(record.path())
                .orElseThrow(() -> new IllegalStateException(record.path() + " disappeared from the draft"));
        byte[] edited = edited(change, record, new EnvironmentFile(record.path(), bytes));
        LedgerEntry entry = LedgerEntry.of(withRecordedGrant(change, record));
        EnvironmentRecord after = commit(change, record, edited, entry);
        CommitId commit = draft.tip();
        changed.put(after.environment(), after);
        return new RecordResult.Recorded(commit, grantOf(entry.request(), after.history()), false);
    }

    private static Grant grantOf(RequestId request, EnvironmentHistory history) {
        return history.open()
                .filter(grant -> grant.request().equals(request))
                .or(() -> history.past().find(request).map(PastGrant::grant))
                .orElseThrow();
    }

    /** Commits the entry with a signature. An end of access goes without one when the key fails; nothing else does. */
    private EnvironmentRecord commit(LedgerChange change, EnvironmentRecord record, byte[] edited, LedgerEntry entry) {
        String message = CommitMessage.of(entry);
        Instant at = timestampOf(change);
        try {
            CommitId commit = draft.commit(record.path(), edited, message, author(entry), committer, at);
            if (isSigning) {
                signing.works();
                signed = signed.with(at);
            }
            return readBack(changedBy(change, record, commit), commit, edited, message);
        } catch (SigningFailed e) {
            LedgerRejected refusal = signing.failed("recording " + change.environment(), e);
            if (!(change instanceof LedgerChange.Close)) {
                throw refusal;
            }
            CommitId commit = draft.commitUnsigned(record.path(), edited, message, author(entry), committer, at);
            return signed.hasBegun()
                    ? readBackUnsigned(record, commit, edited, new Authorship(author(entry), signed.later(at), message))
                    : readBack(changedBy(change, record, commit), commit, edited, message);
        }
    }

    private static EnvironmentRecord changedBy(LedgerChange change, EnvironmentRecord record, CommitId commit) {
        boolean isEmpty = change instanceof LedgerChange.Approve
                || (change instanceof LedgerChange.Start start && keepsTimes(start));
        return isEmpty ? record : record.changedByEntry(commit, timestampOf(change));
    }

    private record Authorship(Signature author, Instant at, String message) {}

    /** An unsigned commit where entries are signed: a restart would read it as a manual edit. */
    private static EnvironmentRecord readBackUnsigned(
            EnvironmentRecord record, CommitId commit, byte[] edited, Authorship made) {
        FileState file = new EnvironmentFile(record.path(), edited).state();
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
            case LedgerChange.Extend(Grant from, var newEnd, var by, var at) ->
                new LedgerChange.Extend(merged(known, from), newEnd, by, at);
            case LedgerChange.Start(Grant from, var at, var newEnd, var approved) ->
                new LedgerChange.Start(merged(known, from), at, newEnd, approved);
            case LedgerChange.Approve(Grant grant, var by, var at) ->
                new LedgerChange.Approve(
                        merged(
                                known.filter(open -> open.request().equals(grant.request()))
                                        .or(() ->
                                                pastOf(record.history(), grant).map(PastGrant::grant)),
                                grant),
                        by,
                        at);
            case LedgerChange.Close(Grant grant, var end, var at) ->
                new LedgerChange.Close(merged(known, grant), end, at);
        };
    }

    private static Grant merged(Optional<Grant> known, Grant given) {
        Grant grant = known.orElse(given);
        return grant.shownIn().or(given::shownIn).map(grant::shownIn).orElse(grant);
    }

    private byte[] edited(LedgerChange change, EnvironmentRecord record, EnvironmentFile file) {
        return switch (change) {
            case LedgerChange.Open open ->
                file.opened(new FileState.Open(open.request().requester(), open.createdAt(), open.expiresAt()));
            case LedgerChange.Extend extend -> file.extendedTo(extend.newEnd());
            case LedgerChange.Start start ->
                keepsTimes(start) ? file.bytes() : file.startedAt(start.at(), start.newEnd());
            case LedgerChange.Approve _ -> file.bytes();
            case LedgerChange.Close _
            when !(record.file() instanceof FileState.Open) ->
                closedUnread(record, file.bytes()).orElseThrow();
            case LedgerChange.Close _ ->
                contentBeforeGrant(record)
                        .map(old -> file.revertedTo(new EnvironmentFile(record.path(), old)))
                        .orElseGet(file::closed);
        };
    }

    private static boolean keepsTimes(LedgerChange.Start start) {
        return start.at().equals(start.from().createdAt())
                && start.newEnd().equals(start.from().expiresAt());
    }

    /** The file before the grant was opened. */
    private Optional<byte[]> contentBeforeGrant(EnvironmentRecord record) {
        return record.openedBy()
                .flatMap(commit -> draft.replacedBy(commit).or(() -> commits.contentBefore(commit, record.path())));
    }

    /** The record as a restart would read it. A draft that reads back differently is never pushed. */
    private EnvironmentRecord readBack(EnvironmentRecord record, CommitId commit, byte[] edited, String message) {
        LedgerEntry entry = CommitMessageParser.read(message)
                .map(read -> signed.hasBegun() ? read : read.unsigned())
                .orElseThrow(() -> new IllegalStateException("the commit message cannot be parsed back:\n" + message));
        FileState file = FileStateReader.of(record.path(), edited);
        EnvironmentHistory history = record.history().after(commit, entry);
        boolean isReadable = !(file instanceof FileState.Unclear)
                || (entry.end().isPresent() && isClosed(file) && !(record.file() instanceof FileState.Open));
        if (!isReadable || !history.agreesWith(file)) {
            throw new IllegalStateException(record.path() + " would say " + file + " after " + entry);
        }
        return record.with(file, history);
    }

    private Signature author(LedgerEntry entry) {
        return entry.by()
                .filter(by -> !by.is(End.Unapproved.BY))
                .map(ManualEdit::signatureOf)
                .orElse(committer);
    }

    private static Instant timestampOf(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> open.createdAt();
            case LedgerChange.Extend extend -> extend.at();
            case LedgerChange.Start start ->
                start.approved().map(ApprovalBasis.Approved::at).orElse(start.at());
            case LedgerChange.Approve approve -> approve.at();
            case LedgerChange.Close close -> close.at();
        };
    }
}
