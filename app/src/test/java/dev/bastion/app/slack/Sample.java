package dev.bastion.app.slack;

import dev.bastion.access.AccessRequest;
import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.Approval;
import dev.bastion.access.CommitId;
import dev.bastion.access.Connection;
import dev.bastion.access.End;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantDuration;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Person;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import dev.bastion.access.Sighting;
import java.time.Instant;
import java.util.Optional;

/** One grant of John's, as all the examples tell it. */
final class Sample {
    static final Instant START = Instant.parse("2026-01-15T10:30:00Z");
    static final Instant END = Instant.parse("2026-01-15T13:30:00Z");
    static final Person JOHN = new Person("U12345678", "john.doe");
    static final Person JANE = new Person("U23456789", "jane.roe");
    static final Person MAX = new Person("U34567890", "max.mustermann");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final RequestId REQUEST = new RequestId("01JHR7Z9C0V6T1");
    static final CommitId OPENED = new CommitId("0123456789abcdef0123456789abcdef01234567");
    static final CommitId CLOSED = new CommitId("89abcdef0123456789abcdef0123456789abcdef");
    static final Connection CONNECTION = new Connection(
            "i-0123456789abcdef0",
            "eu-central-1",
            "orders.dev.internal",
            5432,
            Optional.of("orders-dev-port-forward"),
            Optional.of("orders-dev-shell"));

    private Sample() {}

    static Grant grant() {
        return grant(Reason.of("INC-12 slow query on orders"));
    }

    static Grant grant(Reason reason) {
        AnnouncementRef message = new AnnouncementRef("C0123ABC/1736937000.000100");
        return new Grant(DEV, REQUEST, JOHN, reason, START, END, OPENED, Optional.of(message), false);
    }

    static ProposedChange.Opening opening(Reason reason) {
        AccessRequest request = new AccessRequest(REQUEST, JOHN, PROD, Optional.empty(), reason, START);
        return new ProposedChange.Opening(request, GrantDuration.parse("2h"), START, START.plusSeconds(3600));
    }

    static ProposedChange.Extension extension() {
        return new ProposedChange.Extension(
                REQUEST, grant(), END.plusSeconds(7200), JANE, START, START.plusSeconds(3600));
    }

    static Proposal proposal() {
        return proposal(opening(Reason.of("INC-12 slow query on orders")));
    }

    static Proposal proposal(ProposedChange change) {
        return new Proposal(change, 42, MemoryBoard.page(42), CLOSED, Optional.empty());
    }

    static Approval approval(Person by, String login) {
        return new Approval(by, login, 42, 987, START.plusSeconds(600));
    }

    static PastGrant past() {
        return new PastGrant(grant(), new End.Expired(), END, CLOSED);
    }

    static LedgerChange.Open asked(Reason reason) {
        AccessRequest request = new AccessRequest(REQUEST, JOHN, DEV, Optional.empty(), reason, START);
        return new LedgerChange.Open(request, START, END, Optional.empty());
    }

    static Sighting leaving() {
        return new Sighting(
                "dev",
                Optional.of(REQUEST),
                CONNECTION.instance(),
                Sighting.Condition.READY,
                "running, agent online",
                Optional.of(CONNECTION));
    }
}
