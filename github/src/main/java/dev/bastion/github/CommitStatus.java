package dev.bastion.github;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody's account said on a commit.
 *
 * @param context what about, like {@code bastion/plan/prod}
 * @param by the login of whoever said it
 * @param description for people; empty when nothing was said
 * @param run where to read more
 */
public record CommitStatus(String context, State state, String by, String description, Optional<URI> run, Instant at) {
    public enum State {
        PENDING,
        SUCCESS,
        /** It ran and failed, or was refused. */
        FAILURE,
        /** It could not run. */
        ERROR
    }
}
