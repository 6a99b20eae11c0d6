package dev.bastion.access.grant;

import java.time.Instant;
import java.util.regex.Pattern;

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
    /** What a trailer can carry. The form of a login is {@code GithubLogin}'s; people.yaml is read by it. */
    private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]{1,100}(?:\\[bot])?");

    public Approval {
        if (!LOGIN.matcher(login).matches()) {
            throw new InvalidValue("GitHub login", login, "one like johndoe or johndoe_acme");
        }
        Timestamps.requireWholeSeconds(at);
    }
}
