package dev.bastion.access.evidence;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.Review;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The reviews of one pull request on GitHub, and what the limits count.
 *
 * @param author a login; empty for the service
 * @param excluded whose approval never counts
 * @param until from when approvals do not count
 */
public record Evidence(
        int number,
        Optional<String> author,
        CommitId head,
        List<Review> reviews,
        Pushers pushers,
        List<Person> excluded,
        Instant until,
        Usage usage) {
    private static final CommitId NO_COMMIT = new CommitId("0".repeat(40));

    public static final Evidence NONE = of(Usage.NONE);

    /** No pull request. */
    public static Evidence of(Usage usage) {
        return new Evidence(0, Optional.empty(), NO_COMMIT, List.of(), Pushers.SERVICE, List.of(), Instant.MIN, usage);
    }

    public Evidence {
        reviews = List.copyOf(reviews);
        excluded = List.copyOf(excluded);
    }

    public boolean exists() {
        return number > 0;
    }
}
