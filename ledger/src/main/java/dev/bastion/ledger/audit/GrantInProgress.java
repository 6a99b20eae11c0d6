package dev.bastion.ledger.audit;

import dev.bastion.access.audit.GrantCompliance;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.Membership;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.history.ReplayObserver.Move;
import dev.bastion.ledger.index.AuditValues;
import dev.bastion.ledger.index.GrantValues;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexOutput;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The record of one grant while the history is read. */
final class GrantInProgress {
    /** Far more than one grant has; of more, the first ones and the last one are judged. */
    private static final int MOST_LENGTHENINGS = 100;

    private final PolicyHistory.Version policy;
    private final Duration asked;
    private final Instant requestedAt;
    private final Optional<Instant> notBefore;
    private final boolean isUnreadable;
    private final List<Proved<GrantRecord.Extension>> extensions = new ArrayList<>();
    private final List<Membership> memberships = new ArrayList<>();
    /** The moves of the end to a later one, oldest first. */
    private final List<Lengthening> lengthenings = new ArrayList<>();

    private Grant grant;
    private Instant openedAt;
    private Proved<ApprovalBasis> basis;
    private Optional<URI> proposal;
    private Optional<Proved<GrantRecord.Ending>> ending = Optional.empty();
    private Optional<Proved<Observation.Ready>> ready = Optional.empty();
    private Optional<Proved<Observation.Gone>> gone = Optional.empty();
    private Optional<Proved<Observation.Sessions>> sessions = Optional.empty();

    /** A move of the end to a later one, with the grant that it left, who asked for it, and the policy before it. */
    private record Lengthening(
            CommitId commit,
            Grant grant,
            Optional<Person> by,
            PolicyHistory.Version policy,
            boolean isByHand,
            List<Approval> approvals) {
        static Lengthening read(IndexInput in, Function<IndexInput, PolicyHistory.Version> policies) {
            return new Lengthening(
                    in.commit(),
                    GrantValues.readGrant(in),
                    in.optional(IndexInput::person),
                    policies.apply(in),
                    in.flag(),
                    in.list(GrantValues::readApproval));
        }

        void write(IndexOutput out, Consumer<PolicyHistory.Version> policies) {
            out.commit(commit);
            GrantValues.write(grant, out);
            out.optional(by, out::person);
            policies.accept(policy);
            out.flag(isByHand);
            out.list(approvals, approval -> GrantValues.write(approval, out));
        }

        Lengthening confirmedBy(LedgerEntry entry) {
            return new Lengthening(
                    commit, grant, entry.by().or(() -> by), policy, isByHand, GrantInProgress.approvals(entry));
        }

        GrantCompliance.EndMove judged() {
            return new GrantCompliance.EndMove(commit, grant, by, policy.policy(), isByHand, approvals);
        }
    }

    private GrantInProgress(
            Grant grant,
            Move move,
            PolicyHistory.Version policy,
            Optional<ProposedChange.Opening> proposed,
            boolean isUnreadable) {
        this.policy = policy;
        this.grant = grant;
        this.asked = grant.total();
        this.openedAt = grant.madeByHand() ? move.at() : grant.createdAt();
        this.requestedAt = grant.madeByHand()
                ? openedAt
                : proposed.map(ProposedChange::proposedAt).orElse(openedAt);
        this.notBefore = proposed.flatMap(ProposedChange::notBefore);
        this.basis = new Proved<>(grant.approvalBasis(), grant.openedBy());
        this.proposal = move.entry().flatMap(LedgerEntry::proposedIn);
        this.isUnreadable = isUnreadable;
        move.entry().map(LedgerEntry::memberships).ifPresent(memberships::addAll);
    }

    private GrantInProgress(IndexInput in, Function<IndexInput, PolicyHistory.Version> policies) {
        this.policy = policies.apply(in);
        this.grant = GrantValues.readGrant(in);
        this.asked = GrantValues.readDuration(in);
        this.requestedAt = in.moment();
        this.notBefore = in.optional(IndexInput::moment);
        this.openedAt = in.moment();
        this.isUnreadable = in.flag();
        this.basis = AuditValues.readProved(in, GrantValues::readBasis);
        this.proposal = in.optional(IndexInput::page);
        this.extensions.addAll(AuditValues.readExtensions(in));
        this.memberships.addAll(in.list(GrantValues::readMembership));
        this.lengthenings.addAll(in.list(next -> Lengthening.read(next, policies)));
        this.ending = AuditValues.readEnding(in);
        this.ready = AuditValues.readSeen(in, Observation.Ready.class);
        this.gone = AuditValues.readSeen(in, Observation.Gone.class);
        this.sessions = AuditValues.readSeen(in, Observation.Sessions.class);
    }

    /** What {@link #write} wrote. */
    static GrantInProgress read(IndexInput in, Function<IndexInput, PolicyHistory.Version> policies) {
        return new GrantInProgress(in, policies);
    }

    void write(IndexOutput out, Consumer<PolicyHistory.Version> policies) {
        policies.accept(policy);
        GrantValues.write(grant, out);
        GrantValues.write(asked, out);
        out.moment(requestedAt);
        out.optional(notBefore, out::moment);
        out.moment(openedAt);
        out.flag(isUnreadable);
        AuditValues.write(basis, out, fact -> GrantValues.write(fact, out));
        out.optional(proposal, page -> out.text(page.toString()));
        AuditValues.writeExtensions(extensions, out);
        out.list(memberships, membership -> GrantValues.write(membership, out));
        out.list(lengthenings, move -> move.write(out, policies));
        AuditValues.writeEnding(ending, out);
        AuditValues.writeSeen(ready, out);
        AuditValues.writeSeen(gone, out);
        AuditValues.writeSeen(sessions, out);
    }

    /**
     * @param policy the one before the commit
     * @param proposed the proposal that opened it
     */
    static GrantInProgress opened(
            Grant grant, Move move, PolicyHistory.Version policy, Optional<ProposedChange.Opening> proposed) {
        return new GrantInProgress(grant, move, policy, proposed, false);
    }

    /** A file that cannot be read, and that may be open. */
    static GrantInProgress unreadable(Grant presumed, Move move, PolicyHistory.Version policy) {
        return new GrantInProgress(presumed, move, policy, Optional.empty(), true);
    }

    Grant grant() {
        return grant;
    }

    boolean isUnreadable() {
        return isUnreadable;
    }

    boolean isOf(Grant other) {
        return grant.request().equals(other.request());
    }

    /** What a commit made of the grant while it is open. */
    void follow(Grant now, Move move, PolicyHistory.Version policyBefore) {
        move.entry().map(LedgerEntry::memberships).ifPresent(memberships::addAll);
        boolean isStart =
                move.entry().filter(entry -> entry.action() == Action.START).isPresent();
        if (!now.approvalBasis().equals(grant.approvalBasis())) {
            basis = new Proved<>(now.approvalBasis(), move.commit());
        }
        if (!now.createdAt().equals(grant.createdAt())) {
            openedAt = now.createdAt();
        }
        proposal = move.entry().flatMap(LedgerEntry::proposedIn).or(() -> proposal);
        if (!now.expiresAt().equals(grant.expiresAt()) && !isStart) {
            extended(now, move, policyBefore);
        }
        move.entry()
                .filter(entry -> entry.confirmsEnd() && !lengthenings.isEmpty())
                .ifPresent(entry -> lengthenings.set(
                        lengthenings.size() - 1, lengthenings.getLast().confirmedBy(entry)));
        grant = now;
    }

    private void extended(Grant now, Move move, PolicyHistory.Version policyBefore) {
        boolean isByHand = move.after()
                .history()
                .latestEnd()
                .filter(end -> end.setBy().equals(move.commit()))
                .map(end -> end.byHand())
                .orElse(move.entry().isEmpty());
        Person by = move.by().orElse(now.holder());
        extensions.add(
                new Proved<>(new GrantRecord.Extension(by, now.expiresAt(), move.at(), isByHand), move.commit()));
        if (now.expiresAt().isAfter(grant.expiresAt())) {
            if (lengthenings.size() == MOST_LENGTHENINGS) {
                lengthenings.removeLast();
            }
            lengthenings.add(new Lengthening(
                    move.commit(),
                    now,
                    move.by(),
                    policyBefore,
                    isByHand,
                    move.entry()
                            .filter(_ -> !isByHand)
                            .map(GrantInProgress::approvals)
                            .orElse(List.of())));
        }
    }

    /** The approvals that the service's entry names for an end. */
    private static List<Approval> approvals(LedgerEntry entry) {
        return entry.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var _)
                ? approvals
                : List.of();
    }

    void ended(PastGrant past, Move move) {
        grant = past.grant();
        end(new GrantRecord.Ending(past.end(), past.endedAt(), move.entry().isEmpty()), move.commit());
    }

    void end(GrantRecord.Ending how, CommitId commit) {
        ending = Optional.of(new Proved<>(how, commit));
    }

    /** Takes a retroactive approval, if the grant is break-glass. */
    void approve(LedgerEntry entry, CommitId commit) {
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            ApprovalBasis approved = new ApprovalBasis.BreakGlass(entry.by(), entry.memberships());
            grant = grant.with(approved);
            basis = new Proved<>(approved, commit);
        }
    }

    boolean isUnansweredBreakGlass() {
        return grant.approvalBasis() instanceof ApprovalBasis.BreakGlass(var approvedBy, var _) && approvedBy.isEmpty();
    }

    /** Notes an observation; the first of each kind counts. */
    void observe(Observation observation, CommitId commit) {
        switch (observation) {
            case Observation.Ready seen -> ready = ready.or(() -> Optional.of(new Proved<>(seen, commit)));
            case Observation.Gone seen -> gone = gone.or(() -> Optional.of(new Proved<>(seen, commit)));
            case Observation.Sessions seen -> sessions = sessions.or(() -> Optional.of(new Proved<>(seen, commit)));
            case Observation.Approved _,
                    Observation.Denied _,
                    Observation.Lapsed _,
                    Observation.Withdrawn _,
                    Observation.Refused _ -> {
                // about requests before they open something
            }
        }
    }

    /** Whether the service has written all that it writes of a grant. */
    boolean isComplete() {
        return ending.isPresent() && gone.isPresent() && sessions.isPresent();
    }

    GrantRecord record() {
        GrantCompliance.Unmet unmet = unmet();
        return new GrantRecord(
                grant.environment(),
                grant.request(),
                grant.holder(),
                grant.reason(),
                grant.madeByHand(),
                requestedAt,
                notBefore,
                openedAt,
                grant.openedBy(),
                basis,
                proposal,
                unmet.all(),
                unmet.moveAlone().orElse(grant.openedBy()),
                extensions,
                grant.expiresAt(),
                ending,
                ready,
                gone,
                sessions);
    }

    private GrantCompliance.Unmet unmet() {
        return isUnreadable
                ? new GrantCompliance.Unmet(
                        List.of("The file could not be read, so the ledger does not say who had access."),
                        List.of(),
                        Optional.empty())
                : GrantCompliance.unmet(
                        grant,
                        asked,
                        policy.policy(),
                        lengthenings.stream().map(Lengthening::judged).toList(),
                        memberships);
    }
}
