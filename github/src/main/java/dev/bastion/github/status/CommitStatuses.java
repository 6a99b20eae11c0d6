package dev.bastion.github.status;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.GithubRepository;
import dev.bastion.github.client.StatusDescription;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.kohsuke.github.GHCommitState;

/**
 * Says on a commit what applying it to an environment comes to, which is what {@link GithubApplyMonitor} reads; or what
 * planning it does, which is what approvers read.
 */
public final class CommitStatuses implements AutoCloseable {
    private final GithubRepository github;
    private final Subject subject;

    public CommitStatuses(GithubSettings settings, Subject subject) {
        this.github = new GithubRepository(settings);
        this.subject = subject;
    }

    /** What is told of. */
    public enum Subject {
        APPLY,
        PLAN
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
                            StatusDescription.of(description),
                            context(environment));
        } catch (IOException e) {
            throw new ObservationFailed("posting the status of " + environment + " on commit " + commit.brief(), e);
        }
    }

    private String context(EnvironmentName environment) {
        return switch (subject) {
            case APPLY -> StatusContext.of(environment);
            case PLAN -> StatusContext.ofPlan(environment);
        };
    }

    @Override
    public void close() {
        github.close();
    }
}
