package dev.bastion.github.pulls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHCommitPointer;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHLabel;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHUser;

/** GitHub's pull requests and reviews as the port's values. */
final class PullRequestMapper {
    /** The account GitHub shows in place of one that was deleted. */
    private static final String GHOST = "ghost";
    /** Stands for a commit that GitHub does not name; no commit has this id. */
    private static final CommitId UNKNOWN_COMMIT = new CommitId("0".repeat(40));

    private PullRequestMapper() {}

    static PullRequest read(GHPullRequest pull) throws IOException {
        return new PullRequest(
                pull.getNumber(),
                URI.create(pull.getHtmlUrl().toString()),
                login(pull.getUser()),
                new CommitId(pull.getHead().getSha()),
                pull.getHead().getRef(),
                isSameRepository(pull.getHead(), pull.getBase()),
                pull.getBase().getRef(),
                state(pull),
                pull.getCreatedAt().toInstant(),
                pull.getUpdatedAt().toInstant(),
                pull.getLabels().stream().map(GHLabel::getName).toList(),
                mergeability(pull));
    }

    /** A head without a repository is a fork that was deleted. */
    private static boolean isSameRepository(GHCommitPointer head, GHCommitPointer base) {
        return head.getRepository() != null
                && base.getRepository() != null
                && head.getRepository()
                        .getFullName()
                        .equalsIgnoreCase(base.getRepository().getFullName());
    }

    /** {@code merged_at} alone decides: newer versions of the API leave {@code merge_commit_sha} out. */
    private static PullRequest.State state(GHPullRequest pull) throws IOException {
        Date mergedAt = pull.getMergedAt();
        if (mergedAt != null) {
            return new PullRequest.State.Merged(
                    Optional.ofNullable(pull.getMergeCommitSha())
                            .map(CommitId::new)
                            .orElse(UNKNOWN_COMMIT),
                    Optional.ofNullable(pull.getMergedBy()).map(GHUser::getLogin),
                    mergedAt.toInstant());
        }
        Date closedAt = pull.getClosedAt();
        return pull.getState() == GHIssueState.OPEN
                ? new PullRequest.State.Open()
                : new PullRequest.State.Closed((closedAt == null ? pull.getUpdatedAt() : closedAt).toInstant());
    }

    /** {@code getMergeable} sends a request while GitHub still computes it, so {@code mergeable_state} is read first. */
    private static PullRequest.Mergeability mergeability(GHPullRequest pull) throws IOException {
        String state = pull.getMergeableState();
        if (state == null || state.equals("unknown")) {
            return PullRequest.Mergeability.UNKNOWN;
        }
        Boolean mergeable = pull.getMergeable();
        if (mergeable == null) {
            return PullRequest.Mergeability.UNKNOWN;
        }
        if (!mergeable) {
            return PullRequest.Mergeability.CONFLICTING;
        }
        return switch (state) {
            case "clean", "unstable", "has_hooks" -> PullRequest.Mergeability.CLEAN;
            case "dirty" -> PullRequest.Mergeability.CONFLICTING;
            case "blocked", "behind", "draft" -> PullRequest.Mergeability.BLOCKED;
            default -> PullRequest.Mergeability.UNKNOWN;
        };
    }

    private static String login(@Nullable GHUser user) {
        return user == null ? GHOST : user.getLogin();
    }

    /** Empty for a draft. An objection to a commit that GitHub no longer names is still an objection. */
    static Optional<PullRequestReview> review(JsonNode review) {
        String submittedAt = review.path("submitted_at").asText("");
        return reviewState(review.path("state").asText())
                .filter(_ -> !submittedAt.isEmpty())
                .map(state -> new PullRequestReview(
                        review.path("id").asLong(),
                        review.path("user").path("login").asText(GHOST),
                        state,
                        review.hasNonNull("commit_id")
                                ? new CommitId(review.path("commit_id").asText())
                                : UNKNOWN_COMMIT,
                        Instant.parse(submittedAt)));
    }

    private static Optional<PullRequestReview.State> reviewState(String state) {
        return switch (state) {
            case "APPROVED" -> Optional.of(PullRequestReview.State.APPROVED);
            case "CHANGES_REQUESTED" -> Optional.of(PullRequestReview.State.CHANGES_REQUESTED);
            case "COMMENTED" -> Optional.of(PullRequestReview.State.COMMENTED);
            case "DISMISSED" -> Optional.of(PullRequestReview.State.DISMISSED);
            default -> Optional.empty();
        };
    }
}
