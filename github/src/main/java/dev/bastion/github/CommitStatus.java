package dev.bastion.github;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One commit status: a state that an account set on a commit in a context.
 *
 * @param context its name, like {@code bastion/plan/prod}
 * @param by the login of the account
 * @param description for people; may be empty
 * @param run the page people can read more on
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
