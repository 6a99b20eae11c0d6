package dev.bastion.ledger.write;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.history.EnvironmentRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The check of changes against what the ledger says: whether it has them already, and whether they can be written. */
record ChangeCheck(AccessPolicy policy, FileEdits edits) {
    /** The result of a change that the ledger already has. */
    static Optional<RecordResult> alreadyRecorded(LedgerChange change, EnvironmentHistory history) {
        return switch (change) {
            case LedgerChange.Open open ->
                history.open()
                        .filter(grant -> grant.request().equals(open.request().id()))
                        .or(() -> history.past().find(open.request().id()).map(PastGrant::grant))
                        .map(grant -> new RecordResult.Recorded(grant.openedBy(), grant, true));
            case LedgerChange.Extend(Grant from, Instant newEnd, var _, var _, var _) ->
                alreadyApplied(history, grant -> grant.hasSameExpiryAs(from.until(newEnd)));
            case LedgerChange.Start start -> alreadyApplied(history, grant -> isStarted(grant, start));
            case LedgerChange.ConfirmEnd(Grant grant, var _, var _) ->
                alreadyApplied(
                        history,
                        open -> open.hasSameExpiryAs(grant)
                                && history.latestEnd()
                                        .filter(LatestEnd::isApproved)
                                        .isPresent());
            case LedgerChange.Approve(Grant from, Person by, var _, var _) ->
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
                ? grant.request().equals(start.from().request())
                        && grant.approvalBasis().isSignedApproval()
                : grant.hasSameExpiryAs(start.from().until(start.newEnd()))
                        && grant.createdAt().equals(start.at());
    }

    /** A person can open an ended grant once more, with a copy of its commit: then it must be ended once more. */
    private static boolean isOpenAgain(EnvironmentHistory history, Grant grant) {
        return history.open()
                .filter(open -> open.request().equals(grant.request()))
                .isPresent();
    }

    private static boolean isApproved(Grant grant, Person by) {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy, var _)
                && approvedBy.filter(by::is).isPresent();
    }

    /** @param openGrants the grants that are open with the changes before this one */
    boolean preconditionHolds(LedgerChange change, EnvironmentRecord record, Supplier<Stream<Grant>> openGrants) {
        return switch (change) {
            case LedgerChange.Open open ->
                record.file() instanceof FileState.Closed(var obstacle)
                        && obstacle.isEmpty()
                        && open.hasCounted(openGrants.get());
            case LedgerChange.Extend(Grant from, var _, var _, var _, var _) -> isOpen(record, from);
            case LedgerChange.Start(Grant from, var _, var _, var approved, var _) ->
                isOpen(
                        record,
                        from,
                        grant -> approved.isPresent()
                                ? grant.approvalBasis() instanceof ApprovalBasis.Unconfirmed
                                : grant.isClockPending());
            case LedgerChange.ConfirmEnd(Grant grant, var _, var _) ->
                isOpen(record, grant)
                        && record.history()
                                .latestEnd()
                                .filter(end -> end.basis() instanceof ApprovalBasis.Unconfirmed)
                                .isPresent();
            case LedgerChange.Approve(Grant grant, var _, var _, var _) -> awaitsApproval(record, grant);
            case LedgerChange.Close(Grant grant, var _, var _) -> isOpen(record, grant) || isOpenUnread(record, grant);
        };
    }

    /** Whether the grant is in force although its file cannot be read, and the file can be edited all the same. */
    private boolean isOpenUnread(EnvironmentRecord record, Grant grant) {
        return record.state(policy) instanceof EnvironmentState.Unclear unclear
                && unclear.grant().filter(grant::hasSameExpiryAs).isPresent()
                && edits.canCloseUnread(record);
    }

    /** Whether the grant, open or over, was opened by break-glass and has no other approval than the change has seen. */
    private static boolean awaitsApproval(EnvironmentRecord record, Grant grant) {
        boolean isFileKnown = record.file() instanceof FileState.Closed || record.file() instanceof FileState.Open;
        boolean isPast = pastOf(record.history(), grant)
                .filter(past -> hasSameBreakGlass(past.grant(), grant))
                .isPresent();
        return isOpen(record, grant, recorded -> hasSameBreakGlass(recorded, grant)) || (isFileKnown && isPast);
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
        return recorded.approvalBasis() instanceof ApprovalBasis.BreakGlass(var recordedBy, var _)
                && seen.approvalBasis() instanceof ApprovalBasis.BreakGlass(var seenBy, var _)
                && recordedBy.map(Person::id).equals(seenBy.map(Person::id));
    }

    static Optional<PastGrant> pastOf(EnvironmentHistory history, Grant grant) {
        return history.past().find(grant.request());
    }
}
