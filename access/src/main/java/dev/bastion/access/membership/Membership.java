package dev.bastion.access.membership;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * A person's place in an external audience, as its system answered: the evidence that an entry keeps.
 *
 * @param account the account by which the system named the person: a GitHub login, a Slack user id or a PagerDuty user id
 * @param at when the system was asked, whole seconds
 */
public record Membership(ExternalAudience audience, String account, Instant at) {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    public Membership {
        if (!isAccount(account)) {
            throw new IllegalArgumentException("an account of " + audience + " has letters, digits, _ and - alone");
        }
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether an entry can keep an account that is written so. */
    public static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }
}
