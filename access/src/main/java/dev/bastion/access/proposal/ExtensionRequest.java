package dev.bastion.access.proposal;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.util.Optional;

/**
 * A request to move the end of an open grant.
 *
 * @param id the id of this request, and of its proposal if it needs approval
 * @param by how far; empty for the policy's extension step, cut to what the longest total leaves
 * @param expected the request of the grant to extend; empty for any open grant
 * @param origin where it came from; empty for Slack
 */
public record ExtensionRequest(
        RequestId id,
        Person person,
        EnvironmentName environment,
        Optional<GrantDuration> by,
        Optional<RequestId> expected,
        Optional<AccessRequest.Origin> origin) {
    /** A request from Slack. */
    public ExtensionRequest(
            RequestId id,
            Person person,
            EnvironmentName environment,
            Optional<GrantDuration> by,
            Optional<RequestId> expected) {
        this(id, person, environment, by, expected, Optional.empty());
    }
}
