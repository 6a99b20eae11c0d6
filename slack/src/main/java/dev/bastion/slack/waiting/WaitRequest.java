package dev.bastion.slack.waiting;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import java.util.Optional;

/**
 * The value of the button that begins a wait: what the person had typed, which no other place has. Who they are, what they may
 * and who has the environment is read again.
 */
public record WaitRequest(EnvironmentName environment, Optional<GrantDuration> duration, Reason reason) {
    private static final String DEFAULT = "-";

    /** Empty for what none of our buttons says. */
    static Optional<WaitRequest> of(String value) {
        String[] words = value.split(" ", 3);
        if (words.length < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WaitRequest(
                    new EnvironmentName(words[0]),
                    Optional.of(words[1])
                            .filter(length -> !length.equals(DEFAULT))
                            .map(GrantDuration::parse),
                    Reason.cut(words[2])));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    /** At most 700 characters; Slack takes 2,000. */
    String value() {
        return environment + " " + duration.map(GrantDuration::toString).orElse(DEFAULT) + " " + reason.text();
    }
}
