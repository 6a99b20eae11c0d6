package dev.bastion.github.status;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.net.URI;
import java.util.Optional;

/**
 * Reports of CI on commits: of an apply, which {@link GithubApplyMonitor} reads, or of a plan, which approvers read.
 */
public final class CommitStatuses implements AutoCloseable {
    private final GithubClient github;
    private final StatusCalls statuses;
    private final Subject subject;

    public CommitStatuses(GithubSettings settings, Subject subject) {
        this.github = new GithubClient(settings);
        this.statuses = new StatusCalls(github);
        this.subject = subject;
    }

    /** The run that is reported. */
    public enum Subject {
        APPLY,
        PLAN
    }

    /** GitHub's words for the state of a commit. */
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
     * @param run the page people can read more on
     * @throws ObservationFailed when GitHub refuses or does not answer
     */
    public void post(EnvironmentName environment, CommitId commit, State state, String description, Optional<URI> run) {
        FaultTranslation.onRead("posting the status of " + environment + " on commit " + commit.brief(), () -> {
            statuses.post(commit, CommitStatus.State.valueOf(state.name()), context(environment), description, run);
            return commit;
        });
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
