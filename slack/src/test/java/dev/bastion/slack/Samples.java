package dev.bastion.slack;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.Optional;

/** One grant of John's, as all the examples tell it. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-01-15T10:30:00Z");
    public static final Instant END = Instant.parse("2026-01-15T13:30:00Z");
    public static final Person JOHN = new Person("U12345678", "john.doe");
    public static final Person JANE = new Person("U23456789", "jane.roe");
    public static final Person MAX = new Person("U34567890", "max.mustermann");
    public static final EnvironmentName DEV = new EnvironmentName("dev");
    public static final EnvironmentName PROD = new EnvironmentName("prod");
    public static final RequestId REQUEST = new RequestId("01JHR7Z9C0V6T1");
    public static final CommitId OPENED = new CommitId("0123456789abcdef0123456789abcdef01234567");
    public static final CommitId CLOSED = new CommitId("89abcdef0123456789abcdef0123456789abcdef");
    public static final Connection CONNECTION = new Connection(
            "i-0123456789abcdef0",
            "eu-central-1",
            "orders.dev.internal",
            5432,
            Optional.of("orders-dev-port-forward"),
            Optional.of("orders-dev-shell"));

    private Samples() {}

    public static Grant grant() {
        return grant(Reason.of("INC-12 slow query on orders"));
    }

    public static Grant grant(Reason reason) {
        AnnouncementRef message = new AnnouncementRef("C0123ABC/1736937000.000100");
        return new Grant(DEV, REQUEST, JOHN, reason, START, END, OPENED, Optional.of(message), false);
    }

    public static ProposedChange.Opening opening(Reason reason) {
        AccessRequest request = new AccessRequest(REQUEST, JOHN, PROD, Optional.empty(), reason, START);
        return new ProposedChange.Opening(request, GrantDuration.parse("2h"), START, START.plusSeconds(3600));
    }

    /** A request for later. */
    public static ProposedChange.Opening opening(Reason reason, Instant notBefore) {
        AccessRequest request = new AccessRequest(
                REQUEST, JOHN, PROD, Optional.empty(), reason, false, Optional.of(notBefore), START, Optional.empty());
        return new ProposedChange.Opening(request, GrantDuration.parse("2h"), START, START.plusSeconds(3600));
    }

    public static ProposedChange.Extension extension() {
        return new ProposedChange.Extension(
                REQUEST, grant(), END.plusSeconds(7200), JANE, START, START.plusSeconds(3600));
    }

    public static Proposal proposal() {
        return proposal(opening(Reason.of("INC-12 slow query on orders")));
    }

    public static Proposal proposal(ProposedChange change) {
        return new Proposal(change, 42, MemoryProposals.page(42), CLOSED, Optional.empty());
    }

    public static Approval approval(Person by, String login) {
        return new Approval(by, login, 42, 987, START.plusSeconds(600));
    }

    public static PastGrant past() {
        return new PastGrant(grant(), new End.Expired(), END, CLOSED);
    }

    public static LedgerChange.Open asked(Reason reason) {
        AccessRequest request = new AccessRequest(REQUEST, JOHN, DEV, Optional.empty(), reason, START);
        return new LedgerChange.Open(request, START, END, Optional.empty());
    }

    public static BastionObservation leaving() {
        return leaving(REQUEST);
    }

    /** The bastion of dev for that request, which is online. */
    public static BastionObservation leaving(RequestId request) {
        return new BastionObservation(
                "dev",
                Optional.of(request),
                CONNECTION.instance(),
                BastionObservation.Condition.READY,
                "running, agent online",
                Optional.of(CONNECTION));
    }
}
