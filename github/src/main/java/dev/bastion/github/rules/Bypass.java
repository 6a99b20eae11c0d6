package dev.bastion.github.rules;

/** The service's right to bypass a ruleset. */
enum Bypass {
    /** The ruleset never applies to the service. */
    ALWAYS,
    /** It does not apply to pull requests that the service merges. */
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

    boolean allows(ServiceAction action) {
        return this == ALWAYS || (this == PULL_REQUESTS && action.isMerge());
    }
}
