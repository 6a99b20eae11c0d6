package dev.bastion.access.proposal;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.net.URI;
import java.util.Optional;

/**
 * A request that waits for approval: one open pull request.
 *
 * @param number the pull request's
 * @param page where it is read and approved
 * @param head the commit that the service made for it; an approval counts for this one alone
 * @param shownIn where people see it
 */
public record Proposal(ProposedChange change, int number, URI page, CommitId head, Optional<AnnouncementRef> shownIn) {
    public RequestId id() {
        return change.id();
    }

    public EnvironmentName environment() {
        return change.environment();
    }

    public Person requester() {
        return change.requester();
    }
}
