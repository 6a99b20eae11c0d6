package dev.bastion.ledger;

import dev.bastion.access.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the commit message of an entry: subject, one paragraph for people, and one block of trailers, which is the audit
 * schema. {@link EntryReader} reads it back.
 */
final class CommitText {
    static final String ACTION = "Bastion-Action";
    static final String ENVIRONMENT = "Bastion-Environment";
    static final String REQUEST = "Bastion-Request-Id";
    static final String HOLDER = "Requested-By";
    static final String EXTENDED_BY = "Extended-By";
    static final String REVOKED_BY = "Revoked-By";
    static final String REASON = "Reason";
    static final String CREATED_AT = "Created-At";
    static final String EXPIRES_AT = "Expires-At";
    static final String ENDED_AT = "Ended-At";
    static final String REVERTS = "Reverts";
    static final String MESSAGE = "Slack-Message";

    private CommitText() {}

    /** The whole message, ended by a newline. */
    static String of(LedgerEntry entry) {
        return OneLine.of(subject(entry)) + "\n\n" + OneLine.of(paragraph(entry)) + "\n\n" + trailers(entry);
    }

    private static String subject(LedgerEntry entry) {
        String name = entry.holder().name();
        String what = switch (entry.action()) {
            case OPEN -> "open for " + name + " until " + entry.expiresAt();
            case EXTEND -> "extend for " + name + " until " + entry.expiresAt();
            case REVOKE -> "revoke access of " + name;
            case EXPIRE -> "expire access of " + name;
        };
        return "bastion(" + entry.environment() + "): " + what;
    }

    private static String paragraph(LedgerEntry entry) {
        String access = entry.holder().name() + "'s access to " + entry.environment();
        String by = entry.by().map(Person::name).orElse("The clock");
        return switch (entry.action()) {
            case OPEN -> asked(entry);
            case EXTEND -> by + " moved the end of " + access + " to " + entry.expiresAt();
            case REVOKE -> by + " ended " + access + ", which was open until " + entry.expiresAt();
            case EXPIRE -> access + " was over at " + entry.expiresAt();
        };
    }

    private static String asked(LedgerEntry entry) {
        Duration length = Duration.between(entry.createdAt(), entry.expiresAt());
        String asked = entry.holder().name() + " asked for " + entry.environment() + " for " + written(length);
        return entry.reason().isGiven() ? asked + ": \"" + entry.reason().text() + "\"" : asked;
    }

    private static String written(Duration length) {
        String text = part(length.toDays(), "d") + part(length.toHoursPart(), "h") + part(length.toMinutesPart(), "m");
        return text + (text.isEmpty() || length.toSecondsPart() != 0 ? length.toSecondsPart() + "s" : "");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static Trailers trailers(LedgerEntry entry) {
        List<Trailer> all = new ArrayList<>();
        all.add(new Trailer(ACTION, entry.action().word()));
        all.add(new Trailer(ENVIRONMENT, entry.environment().value()));
        all.add(new Trailer(REQUEST, entry.request().value()));
        all.add(new Trailer(HOLDER, signed(entry.holder())));
        doer(entry).ifPresent(all::add);
        if (entry.reason().isGiven()) {
            all.add(new Trailer(REASON, entry.reason().text()));
        }
        all.add(new Trailer(CREATED_AT, entry.createdAt().toString()));
        all.add(new Trailer(EXPIRES_AT, entry.expiresAt().toString()));
        entry.endedAt().ifPresent(at -> all.add(new Trailer(ENDED_AT, at.toString())));
        entry.reverts().ifPresent(commit -> all.add(new Trailer(REVERTS, commit.value())));
        entry.shownIn().ifPresent(message -> all.add(new Trailer(MESSAGE, message.value())));
        return new Trailers(all);
    }

    private static Optional<Trailer> doer(LedgerEntry entry) {
        return switch (entry.action()) {
            case OPEN, EXPIRE -> Optional.empty();
            case EXTEND -> entry.by().map(by -> new Trailer(EXTENDED_BY, signed(by)));
            case REVOKE -> entry.by().map(by -> new Trailer(REVOKED_BY, signed(by)));
        };
    }

    private static String signed(Person person) {
        return person.name() + " <" + person.id() + ">";
    }
}
