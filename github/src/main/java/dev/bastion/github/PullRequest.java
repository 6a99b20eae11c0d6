package dev.bastion.github;

import dev.bastion.access.grant.CommitId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pull request at one moment.
 *
 * @param page its address for people
 * @param author the login of the account that opened it
 * @param head the newest commit of its branch
 * @param branch its head branch, like {@code bastion/prod/01JHR7Z9C0V6T1}
 * @param fromHere whether the head branch is in this repository, not in a fork
 * @param base the branch it is merged into
 * @param createdAt when it was opened
 * @param updatedAt when it last changed: by a push, a review, a comment, a label or its end, but not by a commit status
 * @param labels their names
 * @param mergeability known only where the pull request was read by itself, not in a list
 */
public record PullRequest(
        int number,
        URI page,
        String author,
        CommitId head,
        String branch,
        boolean fromHere,
        String base,
        State state,
        Instant createdAt,
        Instant updatedAt,
        List<String> labels,
        Mergeability mergeability) {
    public PullRequest {
        labels = List.copyOf(labels);
    }

    public sealed interface State {
        record Open() implements State {}

        record Closed(Instant at) implements State {}

        /**
         * @param commit its commit on the base branch; forty zeros where GitHub does not name it
         * @param by the login of the account that merged it; known only where it was read by itself
         */
        record Merged(CommitId commit, Optional<String> by, Instant at) implements State {}
    }

    /** GitHub's {@code mergeable} and {@code mergeable_state} as one value. */
    public enum Mergeability {
        /** GitHub has not determined it yet, or was not asked. */
        UNKNOWN,
        /** {@code clean}, {@code unstable}, {@code has_hooks}. */
        CLEAN,
        /** {@code dirty}. */
        CONFLICTING,
        /** {@code blocked}, {@code behind}, {@code draft}. */
        BLOCKED
    }
}
