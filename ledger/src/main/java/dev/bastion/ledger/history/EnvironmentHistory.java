package dev.bastion.ledger.history;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import java.time.Instant;
import java.util.Optional;

/**
 * The history of one environment, built commit by commit from entries and manual edits. It is the same whether the
 * service made a commit just now or reads it years later.
 *
 * @param open the grant in force
 * @param lastChange the commit that last changed the open grant; meaningless while nothing is open
 * @param latestEnd how the open grant's end was set; meaningless while nothing is open
 */
public record EnvironmentHistory(
        EnvironmentName environment,
        Optional<Grant> open,
        Optional<CommitId> lastChange,
        Optional<LatestEnd> latestEnd,
        PastGrants past) {
    public static EnvironmentHistory of(EnvironmentName environment) {
        return new EnvironmentHistory(
                environment, Optional.empty(), Optional.empty(), Optional.empty(), PastGrants.EMPTY);
    }

    public EnvironmentHistory after(CommitId commit, LedgerEntry entry) {
        return switch (entry.action()) {
            case OPEN -> opened(grant(commit, entry), commit);
            case START, EXTEND -> rescheduled(commit, entry);
            case APPROVE -> approved(commit, entry);
            case END, EXPIRE -> closed(commit, entry);
        };
    }

    public EnvironmentHistory after(ManualEdit edit) {
        return switch (edit.file()) {
            case FileState.Unrelated _, FileState.Unclear _ -> this;
            case FileState.Closed _ -> closedManually(edit);
            case FileState.Open access -> openedManually(edit, access);
        };
    }

    /** A proposal of the service that a person merged: the grant keeps its request and counts as unapproved. */
    public EnvironmentHistory afterMerge(CommitId commit, ProposalEntry proposal) {
        return switch (proposal.change()) {
            case ProposedChange.Opening opening ->
                open.isPresent() ? this : openedByHand(merged(commit, opening, proposal.shownIn()), commit);
            case ProposedChange.Extension extension ->
                open.filter(extension.from()::hasSameExpiryAs)
                        .map(grant -> openedByHand(grant.until(extension.newEnd()), commit))
                        .orElse(this);
        };
    }

    /**
     * A proposal with the service's signature, merged by the forge or by a person: the grant keeps its request, and no entry
     * says yet who approved it. Empty when the proposal does not fit, because its grant has been open before or its extension
     * is overtaken: then the commit is a manual edit.
     */
    public Optional<EnvironmentHistory> afterSignedMerge(CommitId commit, ProposalEntry proposal) {
        return switch (proposal.change()) {
            case ProposedChange.Opening opening ->
                open.isPresent() || past.find(opening.id()).isPresent()
                        ? Optional.empty()
                        : Optional.of(opened(unconfirmed(commit, opening, proposal.shownIn()), commit));
            case ProposedChange.Extension extension ->
                open.filter(extension.from()::hasSameExpiryAs)
                        .map(grant -> opened(
                                grant.until(extension.newEnd()),
                                commit,
                                Optional.of(new LatestEnd(
                                        commit,
                                        false,
                                        Optional.of(extension.by()),
                                        new ApprovalBasis.Unconfirmed(Optional.of(extension.duration()))))));
        };
    }

    private static Grant unconfirmed(
            CommitId commit, ProposedChange.Opening opening, Optional<AnnouncementRef> announcement) {
        return new Grant(
                opening.environment(),
                opening.id(),
                opening.requester(),
                opening.reason(),
                opening.startsAt(),
                opening.latestEnd(),
                commit,
                announcement,
                new ApprovalBasis.Unconfirmed(Optional.of(opening.duration())),
                false);
    }

    private static Grant merged(
            CommitId commit, ProposedChange.Opening opening, Optional<AnnouncementRef> announcement) {
        return new Grant(
                opening.environment(),
                opening.id(),
                opening.requester(),
                opening.reason(),
                opening.startsAt(),
                opening.latestEnd(),
                commit,
                announcement,
                true);
    }

    /** The same with its newest ended grants, this many or up to twice as many, for a reader of a long history. */
    public EnvironmentHistory withoutPastBeyond(int most) {
        PastGrants newest = past.newest(most);
        return newest == past ? this : new EnvironmentHistory(environment, open, lastChange, latestEnd, newest);
    }

    /** Whether the file agrees with this history. */
    public boolean agreesWith(FileState file) {
        return switch (file) {
            case FileState.Unrelated _, FileState.Unclear _ -> true;
            case FileState.Closed _ -> open.isEmpty();
            case FileState.Open access ->
                open.filter(grant -> access(grant).isSameAccess(access)
                                && grant.expiresAt().equals(access.expiresAt()))
                        .isPresent();
        };
    }

    private EnvironmentHistory opened(Grant grant, CommitId commit) {
        return opened(grant, commit, Optional.of(new LatestEnd(commit, false)));
    }

    private EnvironmentHistory openedByHand(Grant grant, CommitId commit) {
        return openedByHand(grant, commit, new ApprovalBasis.ByPolicy());
    }

    private EnvironmentHistory openedByHand(Grant grant, CommitId commit, ApprovalBasis basis) {
        return opened(grant, commit, Optional.of(new LatestEnd(commit, true, Optional.empty(), basis)));
    }

    private EnvironmentHistory opened(Grant grant, CommitId commit, Optional<LatestEnd> end) {
        return new EnvironmentHistory(environment, Optional.of(grant), Optional.of(commit), end, past);
    }

    private EnvironmentHistory rescheduled(CommitId commit, LedgerEntry entry) {
        return open.filter(grant -> grant.request().equals(entry.request()))
                .filter(grant -> !entry.confirmsEnd() || grant.expiresAt().equals(entry.expiresAt()))
                .map(grant -> entry.action() == Action.START ? started(grant, entry) : grant.until(entry.expiresAt()))
                .map(grant -> withAnnouncement(grant, entry.shownIn()))
                .map(grant -> keepsEnd(entry)
                        ? opened(grant, commit, latestEnd.map(end -> confirmed(end, entry)))
                        : opened(grant, commit))
                .orElse(this);
    }

    /** Whether the entry only confirms an end that another commit set, which may need an approval of its own. */
    private boolean keepsEnd(LedgerEntry entry) {
        boolean confirms = entry.action() == Action.START
                ? entry.approvalBasis() instanceof ApprovalBasis.Approved
                : entry.confirmsEnd();
        return confirms
                && open.filter(grant -> grant.expiresAt().equals(entry.expiresAt()))
                        .isPresent();
    }

    private static LatestEnd confirmed(LatestEnd end, LedgerEntry entry) {
        return entry.confirmsEnd() ? end.with(entry.approvalBasis()) : end;
    }

    private static Grant started(Grant grant, LedgerEntry entry) {
        Grant started = grant.between(entry.createdAt(), entry.expiresAt());
        return entry.approvalBasis() instanceof ApprovalBasis.Approved approved ? started.with(approved) : started;
    }

    /** Only a break-glass grant, open or over, can be approved retroactively; other approve entries have no effect. */
    private EnvironmentHistory approved(CommitId commit, LedgerEntry entry) {
        return open.filter(grant -> grant.request().equals(entry.request()))
                .filter(grant -> grant.approvalBasis() instanceof ApprovalBasis.BreakGlass)
                .map(grant -> grant.with(new ApprovalBasis.BreakGlass(entry.by(), entry.memberships())))
                .map(grant -> opened(grant, commit, latestEnd))
                .orElseGet(() -> new EnvironmentHistory(
                        environment,
                        open,
                        lastChange,
                        latestEnd,
                        past.withApproval(
                                entry.request(), new ApprovalBasis.BreakGlass(entry.by(), entry.memberships()))));
    }

    private static Grant withAnnouncement(Grant grant, Optional<AnnouncementRef> announcement) {
        return announcement.map(grant::shownIn).orElse(grant);
    }

    private EnvironmentHistory closed(CommitId commit, LedgerEntry entry) {
        Optional<Grant> closes = open.isPresent() ? open : grantMissingFromHistory(commit, entry);
        Optional<End> end = entry.end();
        if (closes.isEmpty() || end.isEmpty()) {
            return this;
        }
        Instant at = entry.endedAt().orElse(entry.expiresAt());
        return closed(new PastGrant(withAnnouncement(closes.get(), entry.shownIn()), end.get(), at, commit));
    }

    /** The grant that an entry closes although none is open: its opening is missing from the history. */
    private Optional<Grant> grantMissingFromHistory(CommitId commit, LedgerEntry entry) {
        return past.find(entry.request()).isPresent()
                ? Optional.empty()
                : Optional.of(grant(entry.reverts().orElse(commit), entry));
    }

    private EnvironmentHistory closed(PastGrant grant) {
        return new EnvironmentHistory(
                environment, Optional.empty(), Optional.empty(), Optional.empty(), past.with(grant));
    }

    private EnvironmentHistory closedManually(ManualEdit edit) {
        CommitId commit = edit.commit().id();
        return open.map(grant -> closed(new PastGrant(grant, new End.EndedBy(edit.by()), edit.at(), commit)))
                .orElse(this);
    }

    private EnvironmentHistory openedManually(ManualEdit edit, FileState.Open access) {
        CommitId commit = edit.commit().id();
        if (open.isEmpty()) {
            return openedByHand(manualGrant(edit, access), commit);
        }
        Grant grant = open.get();
        if (!access(grant).isSameAccess(access)) {
            return closedManually(edit).openedManually(edit, access);
        }
        if (grant.expiresAt().equals(access.expiresAt())) {
            return this;
        }
        Grant moved = grant.until(access.expiresAt());
        // a shortened grant still owes its end to the commit that set it before
        return grant.expiresAt().isBefore(access.expiresAt())
                ? openedByHand(moved, commit, edit.approvalBasis())
                : opened(moved, commit, latestEnd);
    }

    private static FileState.Open access(Grant grant) {
        return new FileState.Open(grant.holder(), grant.createdAt(), grant.expiresAt());
    }

    private Grant grant(CommitId openedBy, LedgerEntry entry) {
        return new Grant(
                environment,
                entry.request(),
                entry.holder(),
                entry.reason(),
                Timestamps.wholeSeconds(entry.createdAt()),
                Timestamps.wholeSeconds(entry.expiresAt()),
                openedBy,
                entry.shownIn(),
                entry.action() == Action.OPEN ? entry.approvalBasis() : new ApprovalBasis.ByPolicy(),
                false);
    }

    private Grant manualGrant(ManualEdit edit, FileState.Open access) {
        return new Grant(
                environment,
                edit.request(environment),
                access.holder(),
                edit.reason(),
                access.createdAt(),
                access.expiresAt(),
                edit.commit().id(),
                Optional.empty(),
                edit.approvalBasis(),
                true);
    }
}
