package dev.bastion.ledger;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.CommitId;
import dev.bastion.access.End;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.Grant;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.Person;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import java.time.Instant;
import java.util.Optional;

/**
 * What one commit of the service says, all of it in its message: {@link CommitText} writes it, {@link EntryReader} reads
 * it back.
 *
 * @param request the request whose grant this is about
 * @param holder who asked
 * @param by who did this; empty when it was the clock
 * @param reason why it was asked, on opening
 * @param expiresAt the end, as it stands after this
 * @param endedAt when it was ended; empty while it is open
 * @param reverts the commit that opened what this closes
 */
public record LedgerEntry(
        Action action,
        EnvironmentName environment,
        RequestId request,
        Person holder,
        Optional<Person> by,
        Reason reason,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> endedAt,
        Optional<CommitId> reverts,
        Optional<AnnouncementRef> shownIn) {

    static LedgerEntry of(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> opening(open);
            case LedgerChange.Extend(Grant grant, Instant newEnd, Person by, Instant _) ->
                of(Action.EXTEND, grant.until(newEnd), Optional.of(by), Optional.empty());
            case LedgerChange.Close(Grant grant, End.Expired _, Instant at) ->
                of(Action.EXPIRE, grant, Optional.empty(), Optional.of(at));
            case LedgerChange.Close(Grant grant, End.Revoked(Person by), Instant at) ->
                of(Action.REVOKE, grant, Optional.of(by), Optional.of(at));
        };
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
                open.createdAt(),
                open.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                open.shownIn());
    }

    private static LedgerEntry of(Action action, Grant grant, Optional<Person> by, Optional<Instant> endedAt) {
        return new LedgerEntry(
                action,
                grant.environment(),
                grant.request(),
                grant.holder(),
                by,
                Reason.NONE,
                grant.createdAt(),
                grant.expiresAt(),
                endedAt,
                endedAt.map(_ -> grant.openedBy()),
                grant.shownIn());
    }

    /** How it ended; empty when this ends nothing. */
    public Optional<End> end() {
        return switch (action) {
            case OPEN, EXTEND -> Optional.empty();
            case REVOKE -> by.map(End.Revoked::new);
            case EXPIRE -> Optional.of(new End.Expired());
        };
    }
}
