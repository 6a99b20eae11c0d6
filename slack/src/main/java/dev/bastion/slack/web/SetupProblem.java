package dev.bastion.slack.web;

import java.time.Instant;

/**
 * A refusal by Slack that lasts until a person repairs the token, the scopes or the channel.
 *
 * @param subject what is to be repaired: {@code bot token}, {@code channel C0123ABC}, {@code scope of users.info}
 * @param error Slack's code, like {@code token_revoked}
 * @param seenAt when Slack last answered so
 */
record SetupProblem(String subject, String method, String error, String remedy, Instant seenAt) {
    boolean isSameAs(SetupProblem other) {
        return subject.equals(other.subject) && error.equals(other.error);
    }

    SlackFailure failure() {
        return SlackFailure.setup(method, error, remedy);
    }

    /** One line for {@code /readyz}. */
    String line() {
        return subject + ": Slack answered " + method + " with " + error + " at " + seenAt + ". To repair: " + remedy
                + ".";
    }
}
