package dev.bastion.access.rules;

import dev.bastion.access.grant.GrantDuration;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of requests that need approval.
 *
 * @param window after which a proposal lapses
 * @param covers the total up to which an approved grant may be extended without another approval; what was approved
 *     is always covered
 * @param planRequired whether a merge needs CI's plan
 * @param latestStart how far ahead a request for later may start; zero where there is none
 * @param unapproved what follows for an open grant that the policy does not allow
 * @param inSlack whether approvals in Slack count beside reviews on GitHub
 * @param reminders of a request that waits, in the order of their time
 */
public record ApprovalRules(
        GrantDuration window,
        Duration covers,
        boolean planRequired,
        BreakGlassRules breakGlass,
        Unapproved unapproved,
        Duration latestStart,
        boolean inSlack,
        List<Reminder> reminders) {
    public static final Duration USUAL_LATEST_START = Duration.ofDays(30);

    public enum Unapproved {
        ALARM,
        /** The alarm, and the end once a second look at GitHub finds the same. */
        END
    }

    public static final ApprovalRules USUAL =
            new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, BreakGlassRules.NOBODY);

    public ApprovalRules {
        reminders = List.copyOf(reminders);
    }

    public ApprovalRules(GrantDuration window, Duration covers, boolean planRequired, BreakGlassRules breakGlass) {
        this(window, covers, planRequired, breakGlass, Unapproved.ALARM);
    }

    public ApprovalRules(
            GrantDuration window,
            Duration covers,
            boolean planRequired,
            BreakGlassRules breakGlass,
            Unapproved unapproved) {
        this(window, covers, planRequired, breakGlass, unapproved, USUAL_LATEST_START, false, Reminder.USUAL);
    }

    ApprovalRules answered(AudienceAnswers answers, PeopleDirectory people) {
        return new ApprovalRules(
                window,
                covers,
                planRequired,
                breakGlass.answered(answers, people),
                unapproved,
                latestStart,
                inSlack,
                reminders.stream().map(one -> one.answered(answers, people)).toList());
    }

    Stream<Audience> audiences() {
        return Stream.concat(Stream.of(breakGlass.allowed()), reminders.stream().flatMap(one -> one.ask().stream()));
    }
}
