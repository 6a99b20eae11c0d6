package dev.bastion.access.grant;

import java.time.Instant;

/**
 * An approving review of a proposal.
 *
 * @param by the approver, from {@code people.yaml}
 * @param login the approver's GitHub login
 * @param proposal the number of the pull request
 * @param review GitHub's number of the review
 * @param at when the review was given, whole seconds
 */
public record Approval(Person by, String login, int proposal, long review, Instant at) {
    public Approval {
        if (!login.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\\[bot\\])?")) {
            throw new InvalidValue("GitHub login", login, "letters, digits and hyphens, like johndoe");
        }
        Timestamps.requireWholeSeconds(at);
    }
}
