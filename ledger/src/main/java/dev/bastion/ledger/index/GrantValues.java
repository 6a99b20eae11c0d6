package dev.bastion.ledger.index;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import java.time.Duration;

/** Grants in an index. */
public final class GrantValues {
    private GrantValues() {}

    public static void write(Grant grant, IndexOutput out) {
        out.environment(grant.environment());
        out.request(grant.request());
        out.person(grant.holder());
        write(grant.reason(), out);
        out.moment(grant.createdAt());
        out.moment(grant.expiresAt());
        out.commit(grant.openedBy());
        out.optional(grant.shownIn(), shown -> out.text(shown.value()));
        write(grant.approvalBasis(), out);
        out.flag(grant.madeByHand());
    }

    public static Grant readGrant(IndexInput in) {
        return new Grant(
                in.environment(),
                in.request(),
                in.person(),
                readReason(in),
                in.moment(),
                in.moment(),
                in.commit(),
                in.optional(next -> new AnnouncementRef(next.text())),
                readBasis(in),
                in.flag());
    }

    public static void write(PastGrant past, IndexOutput out) {
        write(past.grant(), out);
        write(past.end(), out);
        out.moment(past.endedAt());
        out.commit(past.closedBy());
    }

    public static PastGrant readPast(IndexInput in) {
        return new PastGrant(readGrant(in), readEnd(in), in.moment(), in.commit());
    }

    static void write(Reason reason, IndexOutput out) {
        out.text(reason.text());
    }

    static Reason readReason(IndexInput in) {
        return new Reason(in.text());
    }

    public static void write(ApprovalBasis basis, IndexOutput out) {
        switch (basis) {
            case ApprovalBasis.ByPolicy _ -> out.number(0);
            case ApprovalBasis.Approved(var approvals, var duration, var at, var head) -> {
                out.number(1);
                out.list(approvals, approval -> write(approval, out));
                write(duration.length(), out);
                out.moment(at);
                out.optional(head, out::commit);
            }
            case ApprovalBasis.Unconfirmed(var duration) -> {
                out.number(2);
                out.optional(duration, asked -> write(asked.length(), out));
            }
            case ApprovalBasis.BreakGlass(var approvedBy, var memberships) -> {
                out.number(3);
                out.optional(approvedBy, out::person);
                out.list(memberships, membership -> write(membership, out));
            }
        }
    }

    public static ApprovalBasis readBasis(IndexInput in) {
        return switch (in.count()) {
            case 0 -> new ApprovalBasis.ByPolicy();
            case 1 ->
                new ApprovalBasis.Approved(
                        in.list(GrantValues::readApproval),
                        new GrantDuration(readDuration(in)),
                        in.moment(),
                        in.optional(IndexInput::commit));
            case 2 -> new ApprovalBasis.Unconfirmed(in.optional(next -> new GrantDuration(readDuration(next))));
            case 3 ->
                new ApprovalBasis.BreakGlass(in.optional(IndexInput::person), in.list(GrantValues::readMembership));
            default -> throw new InvalidIndex("an approval basis is of no known kind");
        };
    }

    public static void write(Approval approval, IndexOutput out) {
        out.person(approval.by());
        switch (approval.given()) {
            case Approval.Given.Review(var login, long number) -> {
                out.number(0);
                out.name(login);
                out.number(number);
            }
            case Approval.Given.InSlack _ -> out.number(1);
        }
        out.number(approval.proposal());
        out.moment(approval.at());
        out.list(approval.memberships(), membership -> write(membership, out));
    }

    public static Approval readApproval(IndexInput in) {
        return new Approval(
                in.person(), readGiven(in), (int) in.number(), in.moment(), in.list(GrantValues::readMembership));
    }

    public static void write(Membership membership, IndexOutput out) {
        out.text(membership.audience().value());
        out.text(membership.account());
        out.moment(membership.at());
    }

    public static Membership readMembership(IndexInput in) {
        return new Membership(ExternalAudience.parse(in.text()), in.text(), in.moment());
    }

    private static Approval.Given readGiven(IndexInput in) {
        return switch (in.count()) {
            case 0 -> new Approval.Given.Review(in.name(), in.number());
            case 1 -> new Approval.Given.InSlack();
            default -> throw new InvalidIndex("an approval is of no known kind");
        };
    }

    static void write(End end, IndexOutput out) {
        switch (end) {
            case End.Expired _ -> out.number(0);
            case End.EndedBy(var by, var origin) -> {
                out.number(1);
                out.person(by);
                out.optional(origin, from -> out.text(from.issuer()));
            }
            case End.Unapproved _ -> out.number(2);
            case End.HolderInactive(var why) -> {
                out.number(3);
                out.name(why.word());
            }
        }
    }

    static End readEnd(IndexInput in) {
        return switch (in.count()) {
            case 0 -> new End.Expired();
            case 1 -> new End.EndedBy(in.person(), in.optional(next -> new AccessRequest.Origin(next.text())));
            case 2 -> new End.Unapproved();
            case 3 ->
                new End.HolderInactive(InactiveAccount.fromWord(in.name())
                        .orElseThrow(() -> new InvalidIndex("an account is of no known kind")));
            default -> throw new InvalidIndex("an end is of no known kind");
        };
    }

    public static void write(Duration length, IndexOutput out) {
        out.number(length.getSeconds());
        out.number(length.getNano());
    }

    public static Duration readDuration(IndexInput in) {
        return Duration.ofSeconds(in.number(), in.count());
    }
}
