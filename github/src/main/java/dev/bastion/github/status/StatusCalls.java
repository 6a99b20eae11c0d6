package dev.bastion.github.status;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCommitStatus;
import org.kohsuke.github.GHUser;

/**
 * Commit statuses of one repository.
 *
 * @see <a href="https://docs.github.com/en/rest/commits/statuses">commit statuses</a>
 */
public final class StatusCalls {
    private static final int MAX_DESCRIPTION = 140;

    private final GithubClient github;

    public StatusCalls(GithubClient github) {
        this.github = github;
    }

    /** The latest status of each account in each context, newest first, as GitHub lists them. */
    public List<CommitStatus> latest(CommitId commit) throws IOException {
        Map<Poster, CommitStatus> latest = new LinkedHashMap<>();
        for (GHCommitStatus listed :
                github.rest().list(GHCommitStatus[].class, "commits", commit.value(), "statuses")) {
            CommitStatus status = read(listed);
            latest.putIfAbsent(new Poster(status.context(), status.by()), status);
        }
        return List.copyOf(latest.values());
    }

    /** An account's status replaces its own earlier one in the same context, and no other account's. */
    private record Poster(String context, String login) {}

    /**
     * @param description for people; cut at 140 characters
     * @param run the page people can read more on
     */
    public void post(CommitId commit, CommitStatus.State state, String context, String description, Optional<URI> run)
            throws IOException {
        github.repository()
                .createCommitStatus(
                        commit.value(),
                        GHCommitState.valueOf(state.name()),
                        run.map(URI::toString).orElse(null),
                        cut(description),
                        context);
    }

    /** One line of at most as many characters as GitHub takes. */
    private static String cut(String description) {
        String line = description.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= MAX_DESCRIPTION
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_DESCRIPTION - 1)) + "…";
    }

    private static CommitStatus read(GHCommitStatus status) throws IOException {
        GHUser creator = status.getCreator();
        return new CommitStatus(
                status.getContext(),
                CommitStatus.State.valueOf(status.getState().name()),
                creator == null ? "ghost" : creator.getLogin(),
                status.getDescription() == null ? "" : status.getDescription(),
                page(status.getTargetUrl()),
                status.getCreatedAt().toInstant());
    }

    private static Optional<URI> page(@Nullable String url) {
        try {
            return url == null || url.isBlank() ? Optional.empty() : Optional.of(URI.create(url));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
