package dev.bastion.github.rules;

/** Whether a ruleset binds the service. */
enum Bypass {
    /** It does not. */
    ALWAYS,
    /** Only what comes by pull request is let through. */
    PULL_REQUESTS,
    NEVER,
    /** GitHub does not say. */
    UNKNOWN;

    /** @param word {@code current_user_can_bypass} of a ruleset */
    static Bypass of(String word) {
        return switch (word) {
            case "always", "exempt" -> ALWAYS;
            case "pull_requests_only" -> PULL_REQUESTS;
            case "never" -> NEVER;
            default -> UNKNOWN;
        };
    }

    boolean letsPush() {
        return this == ALWAYS;
    }

    boolean letsMerge() {
        return this == ALWAYS || this == PULL_REQUESTS;
    }
}
