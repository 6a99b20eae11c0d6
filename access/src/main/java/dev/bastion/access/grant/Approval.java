package dev.bastion.access.grant;

import dev.bastion.access.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An approval of a proposal.
 *
 * @param by the approver, from {@code people.yaml}
 * @param given where it was given
 * @param proposal the number of the pull request
 * @param at when it was given, whole seconds
 * @param memberships by which external audiences the approver was one when it was counted
 */
public record Approval(Person by, Given given, int proposal, Instant at, List<Membership> memberships) {
    public sealed interface Given {
        /**
         * An approving review on GitHub.
         *
         * @param login the approver's GitHub login
         * @param number GitHub's number of the review
         */
        record Review(String login, long number) implements Given {
            /** What a trailer can carry. The form of a login is {@code GithubLogin}'s; people.yaml is read by it. */
            private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]{1,100}(?:\\[bot])?");

            public Review {
                if (!LOGIN.matcher(login).matches()) {
                    throw new InvalidValue("GitHub login", login, "one like johndoe or johndoe_acme");
                }
            }
        }

        /** A signed {@code approve} entry of the ledger names the approver and the head. */
        record InSlack() implements Given {}
    }

    public Approval {
        Timestamps.requireWholeSeconds(at);
        memberships = List.copyOf(memberships);
    }

    private Approval(Person by, Given given, int proposal, Instant at) {
        this(by, given, proposal, at, List.of());
    }

    /** An approving review on GitHub. */
    public Approval(Person by, String login, int proposal, long review, Instant at) {
        this(by, new Given.Review(login, review), proposal, at);
    }

    public static Approval inSlack(Person by, int proposal, Instant at) {
        return new Approval(by, new Given.InSlack(), proposal, at);
    }

    /** The same of an approver who was one by these external audiences. */
    public Approval by(List<Membership> audiences) {
        return new Approval(by, given, proposal, at, audiences);
    }
}
