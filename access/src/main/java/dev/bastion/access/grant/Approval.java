package dev.bastion.access.grant;

import java.time.Instant;

/**
 * Somebody else agreed: one review of one proposal.
 *
 * @param by who, by the map of people
 * @param login their login at the forge
 * @param proposal the number of the pull request
 * @param review the forge's number of the review
 * @param at when the review was given, whole seconds
 */
public record Approval(Person by, String login, int proposal, long review, Instant at) {
    public Approval {
        if (!login.matches("[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:\\[bot\\])?")) {
            throw new InvalidValue("forge login", login, "letters, digits and hyphens, like johndoe");
        }
        Timestamps.requireWholeSeconds(at);
    }
}
