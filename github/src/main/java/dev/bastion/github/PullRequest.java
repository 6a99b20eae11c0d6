package dev.bastion.github;

import dev.bastion.access.grant.CommitId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pull request at one moment.
 *
 * @param page where people read it
 * @param author the login of whoever opened it
 * @param head the newest commit of its branch
 * @param branch the branch it comes from, like {@code bastion/prod/01JHR7Z9C0V6T1}
 * @param fromHere whether that branch is one of this repository, not of a fork
 * @param base the branch it goes into
 * @param createdAt when it was opened
 * @param labels their names
 * @param mergeability what GitHub says it comes to; known only where one pull request was read by itself
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
        List<String> labels,
        Mergeability mergeability) {
    public PullRequest {
        labels = List.copyOf(labels);
    }

    public sealed interface State {
        record Open() implements State {}

        record Closed(Instant at) implements State {}

        /** @param commit what stands on the base branch for it */
        record Merged(CommitId commit, Optional<String> by, Instant at) implements State {}
    }

    /** GitHub's {@code mergeable} and {@code mergeable_state}, in one word. */
    public enum Mergeability {
        /** GitHub is still working it out, or was not asked. */
        UNKNOWN,
        /** {@code clean}, {@code unstable}, {@code has_hooks}. */
        CLEAN,
        /** {@code dirty}. */
        CONFLICTING,
        /** {@code blocked}, {@code behind}, {@code draft}. */
        BLOCKED
    }
}
