package dev.bastion.access.rules;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A reminder of a request that waits for approval.
 *
 * @param after the age of the request at which it is sent
 * @param ask who gets it; empty for the approvers
 */
public record Reminder(Duration after, Optional<Audience> ask) {
    /** Three reminders of the approvers. */
    public static final List<Reminder> USUAL = List.of(ofApprovers(15), ofApprovers(30), ofApprovers(60));

    Reminder answered(AudienceAnswers answers, PeopleDirectory people) {
        return new Reminder(after, ask.map(audience -> audience.answered(answers, people)));
    }

    private static Reminder ofApprovers(int minutes) {
        return new Reminder(Duration.ofMinutes(minutes), Optional.empty());
    }
}
