package dev.bastion.access.grant;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a Slack user: {@code U} or, for a user of an Enterprise organisation, {@code W}, then capital letters and
 * digits, 32 characters at most in all. Names change, and two people can have the same one; an id is one person's for ever.
 *
 * @see <a href="https://docs.slack.dev/reference/objects/user-object">Slack's user object</a>
 */
public record SlackId(String value) {
    private static final Pattern FORM = Pattern.compile("[UW][A-Z0-9]{1,31}");

    public SlackId {
        if (!isValid(value)) {
            throw new InvalidValue(
                    "Slack user id",
                    value,
                    "the member id of the person's Slack profile in quotes, like \"U12345678\"");
        }
    }

    /** The id in the text; empty when the text is none, like the address of a person who committed by hand. */
    public static Optional<SlackId> of(String text) {
        return isValid(text) ? Optional.of(new SlackId(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
