package dev.bastion.access.grant;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What Slack or GitHub says of an account whose person may hold nothing and approve nothing. */
public enum InactiveAccount {
    /** Slack: an administrator deactivated it. */
    DEACTIVATED,
    /** Slack: a guest of the workspace. */
    GUEST,
    /** Slack: no person. */
    BOT,
    /** Slack: of another workspace. */
    FOREIGN,
    /** GitHub: an administrator suspended it. */
    SUSPENDED;

    /** As ledgers name it, like {@code account-deactivated}. */
    public String word() {
        return "account-" + name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a word of a later version. */
    public static Optional<InactiveAccount> fromWord(String word) {
        return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
