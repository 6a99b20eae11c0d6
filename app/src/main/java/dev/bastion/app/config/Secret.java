package dev.bastion.app.config;

import java.util.regex.Pattern;

/** A secret, whose value is never printed. */
public record Secret(String value) {
    /** No secret. */
    public static final Secret NONE = new Secret("");

    /** The forms of the secrets that the service is given: tokens of Slack and GitHub, and private keys. */
    private static final Pattern LIKELY = Pattern.compile("xox[a-z.]{1,9}-|xapp-|gh[a-z]_|github_pat_|-----BEGIN ");

    public boolean isGiven() {
        return !value.isEmpty();
    }

    /** Whether a text looks like a secret, as when one is written under the wrong key. */
    static boolean isLikely(String text) {
        return LIKELY.matcher(text).find();
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
