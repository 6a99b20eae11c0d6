package dev.bastion.access.grant;

import java.util.Optional;

/**
 * A person asks for the end of what is open to be moved.
 *
 * @param id names this asking; should others have to approve, it is the proposal's
 * @param by how far; empty for the policy's extension step, cut to what the longest total leaves
 * @param expected the request whose grant is meant; empty for whatever is open
 */
public record ExtensionRequest(
        RequestId id,
        Person person,
        EnvironmentName environment,
        Optional<GrantDuration> by,
        Optional<RequestId> expected) {}
