package dev.bastion.access.evidence;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.rules.PeopleDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The reviews of one pull request on GitHub, its approvals in Slack, and what the limits count.
 *
 * @param author a login; empty for the service
 * @param excluded whose approval never counts
 * @param until from when approvals do not count
 * @param inSlack the approvals in Slack; none where the policy does not allow them
 */
public record Evidence(
        int number,
        Optional<String> author,
        CommitId head,
        List<Review> reviews,
        Pushers pushers,
        List<Person> excluded,
        Instant until,
        Usage usage,
        List<Observation.Approved> inSlack) {
    private static final CommitId NO_COMMIT = new CommitId("0".repeat(40));

    public static final Evidence NONE = of(Usage.NONE);

    /** No pull request. */
    public static Evidence of(Usage usage) {
        return new Evidence(0, Optional.empty(), NO_COMMIT, List.of(), Pushers.SERVICE, List.of(), Instant.MIN, usage);
    }

    public Evidence {
        reviews = List.copyOf(reviews);
        excluded = List.copyOf(excluded);
        inSlack = List.copyOf(inSlack);
    }

    /** Without approvals in Slack. */
    public Evidence(
            int number,
            Optional<String> author,
            CommitId head,
            List<Review> reviews,
            Pushers pushers,
            List<Person> excluded,
            Instant until,
            Usage usage) {
        this(number, author, head, reviews, pushers, excluded, until, usage, List.of());
    }

    public Evidence inSlack(List<Observation.Approved> approvals) {
        return new Evidence(number, author, head, reviews, pushers, excluded, until, usage, approvals);
    }

    /** Whether the person pushed one of the commits, from any of their accounts. */
    boolean isPusher(Person person, PeopleDirectory people) {
        return pushers.logins().stream()
                .flatMap(login -> people.ofLogin(login).stream())
                .anyMatch(person::is);
    }

    public boolean exists() {
        return number > 0;
    }
}
