package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The content of one commit of the service, all of it in the message: {@link CommitMessage} writes it, {@link
 * CommitMessageParser} reads it back.
 *
 * @param request the request that the grant belongs to
 * @param holder the requester
 * @param by the person who acted; empty when the clock did
 * @param reason the requester's reason; on opening only
 * @param origin where the request came from, or the wish to extend or end; empty for Slack
 * @param expiresAt the grant's end after this entry
 * @param endedAt the time it ended; empty while it is open
 * @param inactive what was wrong with the holder's account, where the service ended the grant for it
 * @param reverts the commit that opened the grant which this entry closes
 * @param approvalBasis why the policy allowed it; on opening, on a start, and on an approved extension
 * @param proposedIn the pull request that was approved
 * @param memberships the holder's in external audiences or, of a retroactive approval, the approver's
 */
public record LedgerEntry(
        Action action,
        EnvironmentName environment,
        RequestId request,
        Person holder,
        Optional<Person> by,
        Reason reason,
        Optional<AccessRequest.Origin> origin,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> endedAt,
        Optional<InactiveAccount> inactive,
        Optional<CommitId> reverts,
        Optional<AnnouncementRef> shownIn,
        ApprovalBasis approvalBasis,
        Optional<URI> proposedIn,
        List<Membership> memberships) {
    public LedgerEntry {
        memberships = List.copyOf(memberships);
    }

    /** An entry that records no membership. */
    public LedgerEntry(
            Action action,
            EnvironmentName environment,
            RequestId request,
            Person holder,
            Optional<Person> by,
            Reason reason,
            Optional<AccessRequest.Origin> origin,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> endedAt,
            Optional<InactiveAccount> inactive,
            Optional<CommitId> reverts,
            Optional<AnnouncementRef> shownIn,
            ApprovalBasis approvalBasis,
            Optional<URI> proposedIn) {
        this(
                action,
                environment,
                request,
                holder,
                by,
                reason,
                origin,
                createdAt,
                expiresAt,
                endedAt,
                inactive,
                reverts,
                shownIn,
                approvalBasis,
                proposedIn,
                List.of());
    }

    public static LedgerEntry of(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> opening(open).of(open.memberships());
            case LedgerChange.Extend(Grant grant, Instant newEnd, Person by, Instant _, var origin) ->
                of(Action.EXTEND, grant.until(newEnd), Optional.of(by), Optional.empty())
                        .from(origin);
            case LedgerChange.Start(Grant grant, Instant at, Instant newEnd, var approved, var memberships) ->
                of(Action.START, grant.between(at, newEnd), Optional.empty(), Optional.empty())
                        .with(approved.<ApprovalBasis>map(basis -> basis).orElse(new ApprovalBasis.ByPolicy()))
                        .of(memberships);
            case LedgerChange.ConfirmEnd(Grant grant, Person by, var approved) ->
                of(Action.EXTEND, grant, Optional.of(by), Optional.empty()).with(approved);
            case LedgerChange.Approve(Grant grant, Person by, Instant _, var memberships) ->
                of(Action.APPROVE, grant, Optional.of(by), Optional.empty()).of(memberships);
            case LedgerChange.Close(Grant grant, End.Expired _, Instant at) ->
                of(Action.EXPIRE, grant, Optional.empty(), Optional.of(at));
            case LedgerChange.Close(Grant grant, End.EndedBy(Person by, var origin), Instant at) ->
                of(Action.END, grant, Optional.of(by), Optional.of(at)).from(origin);
            case LedgerChange.Close(Grant grant, End.Unapproved _, Instant at) ->
                of(Action.END, grant, Optional.of(End.SERVICE), Optional.of(at));
            case LedgerChange.Close(Grant grant, End.HolderInactive(var why), Instant at) ->
                of(Action.END, grant, Optional.of(End.SERVICE), Optional.of(at)).becauseOf(why);
        };
    }

    /** Who ended the grant: a person, or the service. */
    private End endedBy(Person by) {
        return by.is(End.SERVICE)
                ? inactive.<End>map(End.HolderInactive::new).orElseGet(End.Unapproved::new)
                : new End.EndedBy(by, origin);
    }

    private static LedgerEntry opening(LedgerChange.Open open) {
        Person holder = open.request().requester();
        return new LedgerEntry(
                Action.OPEN,
                open.environment(),
                open.request().id(),
                holder,
                Optional.of(holder),
                open.request().reason(),
                open.request().origin(),
                open.createdAt(),
                open.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                open.shownIn(),
                open.request().breakGlass()
                        ? new ApprovalBasis.BreakGlass(Optional.empty())
                        : new ApprovalBasis.ByPolicy(),
                Optional.empty());
    }

    /** The entry of a merged proposal. */
    public static LedgerEntry of(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        return switch (proposal.change()) {
            case ProposedChange.Opening opening -> opening(opening, proposal, approvalBasis);
            case ProposedChange.Extension extension -> extension(extension, proposal, approvalBasis);
        };
    }

    private static LedgerEntry opening(ProposedChange.Opening opening, Proposal proposal, ApprovalBasis approvalBasis) {
        return new LedgerEntry(
                Action.OPEN,
                opening.environment(),
                opening.id(),
                opening.requester(),
                Optional.of(opening.requester()),
                opening.reason(),
                opening.request().origin(),
                opening.startsAt(),
                opening.latestEnd(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                proposal.shownIn(),
                approvalBasis,
                Optional.of(proposal.page()));
    }

    /** An extension has no message of its own: the grant keeps its own. */
    private static LedgerEntry extension(
            ProposedChange.Extension extension, Proposal proposal, ApprovalBasis approvalBasis) {
        Grant from = extension.from();
        return new LedgerEntry(
                Action.EXTEND,
                from.environment(),
                from.request(),
                from.holder(),
                Optional.of(extension.by()),
                Reason.NONE,
                extension.origin(),
                from.createdAt(),
                extension.newEnd(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                approvalBasis,
                Optional.of(proposal.page()));
    }

    private static LedgerEntry of(Action action, Grant grant, Optional<Person> by, Optional<Instant> endedAt) {
        return new LedgerEntry(
                action,
                grant.environment(),
                grant.request(),
                grant.holder(),
                by,
                Reason.NONE,
                Optional.empty(),
                grant.createdAt(),
                grant.expiresAt(),
                endedAt,
                Optional.empty(),
                endedAt.map(_ -> grant.openedBy()),
                grant.shownIn(),
                new ApprovalBasis.ByPolicy(),
                Optional.empty());
    }

    /**
     * The entry as an unsigned message says it: the approvals that a start names, which commit was approved, and every
     * membership, count only with the service's signature. An opening or extension keeps the approvals it claims, which the
     * service looks up at the forge.
     */
    public LedgerEntry unsigned() {
        return action == Action.START
                ? with(new ApprovalBasis.ByPolicy()).of(List.of())
                : with(unsigned(approvalBasis)).of(List.of());
    }

    private static ApprovalBasis unsigned(ApprovalBasis basis) {
        return basis instanceof ApprovalBasis.Approved(var approvals, var duration, var at, var _)
                ? new ApprovalBasis.Approved(
                        approvals.stream()
                                .map(approval -> approval.by(List.of()))
                                .toList(),
                        duration,
                        at)
                : basis;
    }

    /** Whether it says who approved an end that an earlier commit has set, and changes no file. */
    public boolean confirmsEnd() {
        return action == Action.EXTEND && approvalBasis.isSignedApproval();
    }

    private LedgerEntry of(List<Membership> recorded) {
        return with(approvalBasis, endedAt, inactive, origin, recorded);
    }

    /** The same entry with another time of the end. */
    public LedgerEntry endedAt(Instant end) {
        return with(approvalBasis, Optional.of(end), inactive, origin, memberships);
    }

    private LedgerEntry with(ApprovalBasis newBasis) {
        return with(newBasis, endedAt, inactive, origin, memberships);
    }

    private LedgerEntry becauseOf(InactiveAccount why) {
        return with(approvalBasis, endedAt, Optional.of(why), origin, memberships);
    }

    private LedgerEntry from(Optional<AccessRequest.Origin> newOrigin) {
        return with(approvalBasis, endedAt, inactive, newOrigin, memberships);
    }

    private LedgerEntry with(
            ApprovalBasis newBasis,
            Optional<Instant> newEndedAt,
            Optional<InactiveAccount> newInactive,
            Optional<AccessRequest.Origin> newOrigin,
            List<Membership> newMemberships) {
        return new LedgerEntry(
                action,
                environment,
                request,
                holder,
                by,
                reason,
                newOrigin,
                createdAt,
                expiresAt,
                newEndedAt,
                newInactive,
                reverts,
                shownIn,
                newBasis,
                proposedIn,
                newMemberships);
    }

    /** How the grant ended; empty when this entry ends none. */
    public Optional<End> end() {
        return switch (action) {
            case OPEN, START, EXTEND, APPROVE -> Optional.empty();
            case END -> by.map(this::endedBy);
            case EXPIRE -> Optional.of(new End.Expired());
        };
    }
}
