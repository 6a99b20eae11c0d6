package dev.bastion.ledger.write;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes written one upon the other into a draft, each if its own precondition holds on what the ones before it left.
 * What is answered here counts once the draft is pushed, or, where nothing was drafted, once the head it stands on is known
 * to be the remote's.
 */
final class ChangeBatch {
    private final LedgerState base;
    private final EnvironmentPaths paths;
    private final CommitReader commits;
    private final CommitDraft draft;
    private final Signature committer;
    private final Map<EnvironmentName, EnvironmentRecord> changed = new HashMap<>();

    ChangeBatch(
            LedgerState base, EnvironmentPaths paths, CommitReader commits, CommitDraft draft, Signature committer) {
        this.base = base;
        this.paths = paths;
        this.commits = commits;
        this.draft = draft;
        this.committer = committer;
    }

    RecordResult record(LedgerChange change) {
        EnvironmentRecord account = account(change.environment());
        return repeated(change, account.chronicle())
                .orElseGet(() -> isStillTrue(change, account) ? write(change, account) : conflict(account));
    }

    /** The ledger as it is once the draft is the branch's head; whoever writes here changes no policy. */
    LedgerState result() {
        Map<EnvironmentName, EnvironmentRecord> accounts = new HashMap<>(base.accounts());
        accounts.putAll(changed);
        AccessPolicy policy = base.snapshot().policy();
        return LedgerState.of(draft.tip(), accounts, policy);
    }

    private EnvironmentRecord account(EnvironmentName environment) {
        EnvironmentRecord known =
                changed.getOrDefault(environment, base.accounts().get(environment));
        return known != null
                ? known
                : new EnvironmentRecord(
                        paths.fileOf(environment), new FileState.Unrelated(), EnvironmentHistory.of(environment));
    }

    /** The receipt of a change that the ledger has already. */
    private static Optional<RecordResult> repeated(LedgerChange change, EnvironmentHistory chronicle) {
        return switch (change) {
            case LedgerChange.Open open ->
                chronicle
                        .open()
                        .filter(grant -> grant.request().equals(open.request().id()))
                        .or(() -> chronicle.past().of(open.request().id()).map(PastGrant::grant))
                        .map(grant -> new RecordResult.Recorded(grant.openedBy(), grant, true));
            case LedgerChange.Extend(Grant from, Instant newEnd, var _, var _) ->
                stands(chronicle, grant -> grant.hasSameExpiryAs(from.until(newEnd)));
            case LedgerChange.Start(Grant from, Instant at, Instant newEnd) ->
                stands(
                        chronicle,
                        grant -> grant.hasSameExpiryAs(from.until(newEnd))
                                && grant.createdAt().equals(at));
            case LedgerChange.Approve(Grant from, Person by, var _) ->
                stands(chronicle, grant -> grant.request().equals(from.request()) && isApproved(grant, by));
            case LedgerChange.Close(Grant grant, var _, var _) ->
                chronicle
                        .past()
                        .of(grant.request())
                        .map(past -> new RecordResult.Recorded(past.closedBy(), past.grant(), true));
        };
    }

    private static Optional<RecordResult> stands(EnvironmentHistory chronicle, Predicate<Grant> already) {
        return chronicle
                .open()
                .filter(already)
                .flatMap(grant -> chronicle.lastChange().map(commit -> new RecordResult.Recorded(commit, grant, true)));
    }

    private static boolean isApproved(Grant grant, Person by) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy)
                && approvedBy.filter(by::is).isPresent();
    }

    private static boolean isStillTrue(LedgerChange change, EnvironmentRecord account) {
        return switch (change) {
            case LedgerChange.Open _ -> account.file() instanceof FileState.Closed;
            case LedgerChange.Extend(Grant from, var _, var _, var _) -> isOpen(account, from);
            case LedgerChange.Start(Grant from, var _, var _) -> isOpen(account, from, Grant::isClockPending);
            case LedgerChange.Approve(Grant grant, var _, var _) -> isOpen(account, grant, ChangeBatch::isNotApproved);
            case LedgerChange.Close(Grant grant, var _, var _) -> isOpen(account, grant);
        };
    }

    private static boolean isOpen(EnvironmentRecord account, Grant grant) {
        return isOpen(account, grant, _ -> true);
    }

    private static boolean isOpen(EnvironmentRecord account, Grant grant, Predicate<Grant> and) {
        return account.file() instanceof FileState.Open
                && account.chronicle()
                        .open()
                        .filter(grant::hasSameExpiryAs)
                        .filter(and)
                        .isPresent();
    }

    private static boolean isNotApproved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy) && approvedBy.isEmpty();
    }

    private static RecordResult conflict(EnvironmentRecord account) {
        return new RecordResult.Conflict(
                account.file() instanceof FileState.Unrelated
                        ? new EnvironmentState.Unclear(
                                account.environment(),
                                account.path()
                                        + ": the file is gone, or has no audit variables any more. Put them back.")
                        : account.state());
    }

    private RecordResult write(LedgerChange change, EnvironmentRecord account) {
        byte[] bytes = draft.file(account.path())
                .orElseThrow(() -> new IllegalStateException(account.path() + " was there and is gone"));
        byte[] edited = edited(change, account, new EnvironmentFile(account.path(), bytes));
        LedgerEntry entry = LedgerEntry.of(onRecord(change, account));
        String message = CommitMessage.of(entry);
        CommitId commit = draft.commit(account.path(), edited, message, author(entry), committer, moment(change));
        EnvironmentRecord after = readBack(account, commit, edited, message);
        changed.put(after.environment(), after);
        Grant grant = after.chronicle()
                .open()
                .or(() -> after.chronicle().past().stream().findFirst().map(PastGrant::grant))
                .orElseThrow();
        return new RecordResult.Recorded(commit, grant, false);
    }

    /** The change with the ledger's own grant in it: it knows which commit opened it, whatever the caller believes. */
    private static LedgerChange onRecord(LedgerChange change, EnvironmentRecord account) {
        Optional<Grant> known = account.chronicle().open();
        return switch (change) {
            case LedgerChange.Open open -> open;
            case LedgerChange.Extend(Grant from, var newEnd, var by, var at) ->
                new LedgerChange.Extend(merged(known, from), newEnd, by, at);
            case LedgerChange.Start(Grant from, var at, var newEnd) ->
                new LedgerChange.Start(merged(known, from), at, newEnd);
            case LedgerChange.Approve(Grant grant, var by, var at) ->
                new LedgerChange.Approve(merged(known, grant), by, at);
            case LedgerChange.Close(Grant grant, var end, var at) ->
                new LedgerChange.Close(merged(known, grant), end, at);
        };
    }

    private static Grant merged(Optional<Grant> known, Grant given) {
        Grant grant = known.orElse(given);
        return grant.shownIn().or(given::shownIn).map(grant::shownIn).orElse(grant);
    }

    private byte[] edited(LedgerChange change, EnvironmentRecord account, EnvironmentFile file) {
        return switch (change) {
            case LedgerChange.Open open ->
                file.opened(new FileState.Open(open.request().requester(), open.createdAt(), open.expiresAt()));
            case LedgerChange.Extend extend -> file.extendedTo(extend.newEnd());
            case LedgerChange.Start start -> file.startedAt(start.at(), start.newEnd());
            case LedgerChange.Approve _ -> file.bytes();
            case LedgerChange.Close _ ->
                before(account)
                        .map(old -> file.closedAsIn(new EnvironmentFile(account.path(), old)))
                        .orElseGet(file::closed);
        };
    }

    /** The file before the grant was opened. */
    private Optional<byte[]> before(EnvironmentRecord account) {
        return account.chronicle()
                .open()
                .map(Grant::openedBy)
                .flatMap(commit -> draft.replacedBy(commit).or(() -> commits.contentBefore(commit, account.path())));
    }

    /** What would be read back after a restart; anything else than what was meant is never pushed. */
    private static EnvironmentRecord readBack(
            EnvironmentRecord account, CommitId commit, byte[] edited, String message) {
        LedgerEntry entry = CommitMessageParser.read(message)
                .orElseThrow(() -> new IllegalStateException("the commit text cannot be read back:\n" + message));
        FileState file = new EnvironmentFile(account.path(), edited).state();
        EnvironmentHistory chronicle = account.chronicle().after(commit, entry);
        if (file instanceof FileState.Unclear || !chronicle.agreesWith(file)) {
            throw new IllegalStateException(account.path() + " would say " + file + " after " + entry);
        }
        return new EnvironmentRecord(account.path(), file, chronicle);
    }

    private Signature author(LedgerEntry entry) {
        return entry.by().map(ManualEdit::signatureOf).orElse(committer);
    }

    private static Instant moment(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> open.createdAt();
            case LedgerChange.Extend extend -> extend.at();
            case LedgerChange.Start start -> start.at();
            case LedgerChange.Approve approveRetroactively -> approveRetroactively.at();
            case LedgerChange.Close close -> close.at();
        };
    }
}
