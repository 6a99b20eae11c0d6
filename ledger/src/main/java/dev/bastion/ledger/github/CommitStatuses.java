package dev.bastion.ledger.github;

import dev.bastion.access.CommitId;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.ObservationFailed;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.github.GHCommitState;

/** Says on a commit what applying it to an environment comes to: what {@link GithubApplyWatch} reads. */
public final class CommitStatuses implements AutoCloseable {
    /** GitHub's limit, in characters. */
    private static final int LONGEST = 140;

    private final GithubRepository github;

    public CommitStatuses(GithubSettings settings) {
        this.github = new GithubRepository(settings);
    }

    /** GitHub's words for how a commit fares. */
    public enum State {
        PENDING,
        SUCCESS,
        /** It ran and failed, or was refused. */
        FAILURE,
        /** It could not run. */
        ERROR
    }

    /**
     * @param description for people; cut at 140 characters
     * @param run where to read more
     * @throws ObservationFailed when GitHub would not have it or does not answer
     */
    public void post(EnvironmentName environment, CommitId commit, State state, String description, Optional<URI> run) {
        try {
            github.repository()
                    .createCommitStatus(
                            commit.value(),
                            GHCommitState.valueOf(state.name().toUpperCase(Locale.ROOT)),
                            run.map(URI::toString).orElse(null),
                            cut(description),
                            StatusContext.of(environment));
        } catch (IOException e) {
            throw new ObservationFailed("posting the status of " + environment + " on commit " + commit.brief(), e);
        }
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    @Override
    public void close() {
        github.close();
    }
}
