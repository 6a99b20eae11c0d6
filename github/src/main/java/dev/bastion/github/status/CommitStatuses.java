package dev.bastion.github.status;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.net.URI;
import java.util.Optional;

/**
 * Reports of CI on commits: of an apply, which {@link GithubApplyMonitor} reads, or of a plan, which approvers read.
 */
public final class CommitStatuses {
    private final StatusCalls statuses;
    private final Subject subject;

    public CommitStatuses(GithubClient github, Subject subject) {
        this.statuses = new StatusCalls(github);
        this.subject = subject;
    }

    /** The run that is reported, with the context of its statuses: one for each environment. */
    public enum Subject {
        APPLY("bastion/apply/"),
        PLAN("bastion/plan/");

        private final String prefix;

        Subject(String prefix) {
            this.prefix = prefix;
        }

        String context(EnvironmentName environment) {
            return prefix + environment;
        }
    }

    /**
     * @param description for people; cut at 140 characters
     * @param run the page people can read more on
     * @throws ObservationFailed when GitHub refuses or does not answer
     */
    public void post(
            EnvironmentName environment,
            CommitId commit,
            CommitStatus.State state,
            String description,
            Optional<URI> run) {
        FaultTranslation.onRead("posting the status of " + environment + " on commit " + commit.brief(), () -> {
            statuses.post(commit, state, subject.context(environment), description, run);
            return commit;
        });
    }
}
