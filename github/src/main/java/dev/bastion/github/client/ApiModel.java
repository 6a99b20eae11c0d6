package dev.bastion.github.client;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GitHub's answers look like, as far as they are read here; and what they say. */
public final class ApiModel {
    /** Whom GitHub shows in the place of an account that was deleted. */
    private static final String GHOST = "ghost";
    /** Stands for a commit that GitHub has no more: no commit is called this. */
    private static final CommitId GONE = new CommitId("0".repeat(40));

    private ApiModel() {}

    public record User(String login) {}

    public record Label(String name) {}

    public record Repository(String fullName) {}

    /** @param repo null when it was a fork that is deleted now */
    public record End(String ref, String sha, @Nullable Repository repo) {}

    public record Pull(
            int number,
            String htmlUrl,
            String state,
            @Nullable User user,
            End head,
            End base,
            @Nullable List<Label> labels,
            String createdAt,
            String updatedAt,
            @Nullable String closedAt,
            @Nullable String mergedAt,
            @Nullable User mergedBy,
            @Nullable String mergeCommitSha,
            @Nullable Boolean mergeable,
            @Nullable String mergeableState) {
        public PullRequest read() {
            return new PullRequest(
                    number,
                    URI.create(htmlUrl),
                    login(user),
                    new CommitId(head.sha()),
                    head.ref(),
                    head.repo() != null
                            && base.repo() != null
                            && head.repo()
                                    .fullName()
                                    .equalsIgnoreCase(base.repo().fullName()),
                    base.ref(),
                    pullState(),
                    Instant.parse(createdAt),
                    labels == null
                            ? List.of()
                            : labels.stream().map(Label::name).toList(),
                    mergeability());
        }

        public Instant touchedAt() {
            return Instant.parse(updatedAt);
        }

        private PullRequest.State pullState() {
            if (mergedAt != null && mergeCommitSha != null) {
                return new PullRequest.State.Merged(
                        new CommitId(mergeCommitSha),
                        Optional.ofNullable(mergedBy).map(User::login),
                        Instant.parse(mergedAt));
            }
            return state.equals("open")
                    ? new PullRequest.State.Open()
                    : new PullRequest.State.Closed(Instant.parse(closedAt == null ? updatedAt : closedAt));
        }

        private PullRequest.Mergeability mergeability() {
            if (mergeable == null || mergeableState == null) {
                return PullRequest.Mergeability.UNKNOWN;
            }
            if (!mergeable) {
                return PullRequest.Mergeability.CONFLICTING;
            }
            return switch (mergeableState) {
                case "clean", "unstable", "has_hooks" -> PullRequest.Mergeability.CLEAN;
                case "dirty" -> PullRequest.Mergeability.CONFLICTING;
                case "blocked", "behind", "draft" -> PullRequest.Mergeability.BLOCKED;
                default -> PullRequest.Mergeability.UNKNOWN;
            };
        }
    }

    /** @param commitId null when the commit is gone; {@code submittedAt} null while it is somebody's draft */
    public record Review(
            long id,
            @Nullable User user,
            String state,
            @Nullable String commitId,
            @Nullable String submittedAt) {
        /** Empty for a draft. An objection to a commit that is gone is one still. */
        public Optional<PullRequestReview> read() {
            return opinion()
                    .flatMap(opinion -> Optional.ofNullable(submittedAt)
                            .map(at -> new PullRequestReview(
                                    id,
                                    login(user),
                                    opinion,
                                    commitId == null ? GONE : new CommitId(commitId),
                                    Instant.parse(at))));
        }

        private Optional<PullRequestReview.State> opinion() {
            return switch (state) {
                case "APPROVED" -> Optional.of(PullRequestReview.State.APPROVED);
                case "CHANGES_REQUESTED" -> Optional.of(PullRequestReview.State.CHANGES_REQUESTED);
                case "COMMENTED" -> Optional.of(PullRequestReview.State.COMMENTED);
                case "DISMISSED" -> Optional.of(PullRequestReview.State.DISMISSED);
                default -> Optional.empty();
            };
        }
    }

    public record Status(
            String context,
            String state,
            @Nullable User creator,
            @Nullable String description,
            @Nullable String targetUrl,
            String createdAt) {
        public CommitStatus read() {
            return new CommitStatus(
                    context,
                    told(),
                    login(creator),
                    description == null ? "" : description,
                    address(targetUrl),
                    Instant.parse(createdAt));
        }

        private CommitStatus.State told() {
            return switch (state) {
                case "pending" -> CommitStatus.State.PENDING;
                case "success" -> CommitStatus.State.SUCCESS;
                case "failure" -> CommitStatus.State.FAILURE;
                default -> CommitStatus.State.ERROR;
            };
        }
    }

    /** @param actor nobody, when the account is gone */
    public record Event(String event, @Nullable User actor) {
        public boolean isClosing() {
            return event.equals("closed");
        }
    }

    /** @param previousFilename where it was before, if it was moved */
    public record File(String filename, @Nullable String previousFilename) {}

    public record GitObject(String sha) {}

    public record Ref(String ref, GitObject object) {}

    public record Merged(String sha) {}

    public record App(String slug) {}

    private static String login(@Nullable User user) {
        return user == null ? GHOST : user.login();
    }

    private static Optional<URI> address(@Nullable String url) {
        try {
            return url == null || url.isBlank() ? Optional.empty() : Optional.of(URI.create(url));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
