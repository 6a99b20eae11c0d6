package dev.bastion.ledger;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.InvalidValue;
import dev.bastion.access.Moments;
import dev.bastion.access.Person;
import dev.bastion.access.Reason;
import dev.bastion.access.RequestId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link CommitText} wrote. A message that is not wholly of that form is somebody else's. */
final class EntryReader {
    private static final Pattern SIGNED = Pattern.compile("(\\S+) <(\\S+)>");

    private final Trailers trailers;

    private EntryReader(Trailers trailers) {
        this.trailers = trailers;
    }

    /** The entry the message holds; empty when it holds none, or not a whole one. */
    static Optional<LedgerEntry> read(String message) {
        try {
            return Optional.of(new EntryReader(Trailers.in(message)).entry());
        } catch (NoSuchElementException | InvalidValue | DateTimeException _) {
            return Optional.empty();
        }
    }

    private LedgerEntry entry() {
        Action action = Action.called(said(CommitText.ACTION)).orElseThrow();
        Person holder = person(CommitText.HOLDER);
        return new LedgerEntry(
                action,
                new EnvironmentName(said(CommitText.ENVIRONMENT)),
                new RequestId(said(CommitText.REQUEST)),
                holder,
                doer(action, holder),
                trailers.only(CommitText.REASON).map(Reason::of).orElse(Reason.NONE),
                moment(CommitText.CREATED_AT),
                moment(CommitText.EXPIRES_AT),
                closes(action) ? Optional.of(moment(CommitText.ENDED_AT)) : Optional.empty(),
                closes(action) ? Optional.of(new CommitId(said(CommitText.REVERTS))) : Optional.empty(),
                trailers.only(CommitText.MESSAGE).map(AnnouncementRef::new));
    }

    private static boolean closes(Action action) {
        return action == Action.REVOKE || action == Action.EXPIRE;
    }

    private Optional<Person> doer(Action action, Person holder) {
        return switch (action) {
            case OPEN -> Optional.of(holder);
            case EXTEND -> Optional.of(person(CommitText.EXTENDED_BY));
            case REVOKE -> Optional.of(person(CommitText.REVOKED_BY));
            case EXPIRE -> Optional.empty();
        };
    }

    private Person person(String key) {
        Matcher parts = SIGNED.matcher(said(key));
        if (!parts.matches()) {
            throw new NoSuchElementException(key);
        }
        return new Person(parts.group(2), parts.group(1));
    }

    private Instant moment(String key) {
        return Moments.wholeSeconds(Instant.parse(said(key)));
    }

    private String said(String key) {
        return trailers.only(key).orElseThrow();
    }
}
