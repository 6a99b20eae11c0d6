package dev.bastion.access.grant;

import java.util.Optional;

/**
 * An observed bastion, never an inferred one. A bastion that is not observed is absent.
 *
 * @param environment the environment's resource name, as its tags say it ({@link EnvironmentName#resourceName}); may be empty
 * @param request the request its tags name; empty when they name none
 * @param instance the bastion's id, like {@code i-0123456789abcdef0}
 * @param state the platform's own word, like {@code pending} or {@code running, agent offline}
 * @param connection how to connect, when it is ready
 * @param ownership whose it is, as its tags say it
 */
public record BastionObservation(
        String environment,
        Optional<RequestId> request,
        String instance,
        Condition condition,
        String state,
        Optional<Connection> connection,
        Ownership ownership) {

    /**
     * Whose an instance is, as its tags say it.
     *
     * @param isTagged whether it has the tag {@code ManagedBy=bastion}; without it, it only has a bastion's security group
     * @param ledger the ledger that its tags name; empty for instances of older versions
     * @param contradiction why its tags cannot be true, for people
     */
    public record Ownership(boolean isTagged, Optional<String> ledger, Optional<String> contradiction) {
        static final Ownership TAGGED = new Ownership(true, Optional.empty(), Optional.empty());
    }

    /** A bastion that has our tag and names no ledger. */
    public BastionObservation(
            String environment,
            Optional<RequestId> request,
            String instance,
            Condition condition,
            String state,
            Optional<Connection> connection) {
        this(environment, request, instance, condition, state, connection, Ownership.TAGGED);
    }

    public enum Condition {
        /** There, and cannot be connected to yet. */
        COMING,
        /** It runs and its agent is online: people can connect. */
        READY,
        /** Shutting down. */
        LEAVING
    }

    /** Whether this is the bastion of that grant: same environment, and not tagged as another request's. */
    public boolean belongsTo(Grant grant) {
        return ownership.isTagged()
                && ownership.contradiction().isEmpty()
                && environment.equals(grant.environment().resourceName())
                && request.map(grant.request()::equals).orElse(true);
    }
}
