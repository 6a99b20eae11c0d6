package dev.bastion.slack.waiting;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.SlackId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A person's wait for an environment.
 *
 * @param id of the click that began it
 * @param name the person's, for display
 * @param duration what they had asked for; empty for the policy's default
 * @param since when it began, to the millisecond; who waits longer is told first
 * @param message the newest private message about it; empty before it is posted
 */
public record Waiting(
        RequestId id,
        SlackId user,
        String name,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        Instant since,
        Stage stage,
        Optional<AnnouncementRef> message) {
    /** How long a wait lasts: what is older is not looked for after a restart. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** The order in which people are told. */
    static final Comparator<Waiting> ORDER = Comparator.comparing(Waiting::since)
            .thenComparing(waiting -> waiting.id().value());

    /** How far it has come. */
    public sealed interface Stage {
        record InLine() implements Stage {}

        /** @param until when the next person is told, whole seconds */
        record Offered(Instant until) implements Stage {}

        record Over() implements Stage {}
    }

    public Person person() {
        return Person.of(user.value(), name);
    }

    boolean isOver() {
        return stage instanceof Stage.Over;
    }

    boolean isOffered() {
        return stage instanceof Stage.Offered;
    }

    /** Whether it has lasted for too long. */
    boolean hasLapsed(Instant now) {
        return !now.isBefore(since.plus(LONGEST));
    }

    Waiting at(Stage next) {
        return new Waiting(id, user, name, environment, duration, reason, since, next, message);
    }

    AnnouncementRef posted() {
        return message.orElseThrow();
    }

    Waiting in(AnnouncementRef newest) {
        return new Waiting(id, user, name, environment, duration, reason, since, stage, Optional.of(newest));
    }
}
