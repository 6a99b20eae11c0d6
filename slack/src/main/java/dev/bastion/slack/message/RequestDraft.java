package dev.bastion.slack.message;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A request as far as it was understood.
 *
 * @param duration empty where it was not understood, or none was named
 * @param reason as typed; it may be longer than a reason can be
 * @param questions what must be answered before it can be requested, as sentences in mrkdwn
 */
public record RequestDraft(
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        String reason,
        boolean breakGlass,
        List<String> questions) {
    public RequestDraft {
        questions = List.copyOf(questions);
    }

    /** The same, with the name of the environment instead of what was typed for it. */
    public RequestDraft named(UnaryOperator<EnvironmentName> names) {
        return new RequestDraft(names.apply(environment), duration, reason, breakGlass, questions);
    }
}
