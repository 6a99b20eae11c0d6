package dev.bastion.github.status;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.util.Optional;

/** CI's reports on commits, read from their statuses at GitHub. People can start any run again, so none is the last one. */
public final class GithubApplyMonitor implements ApplyMonitor {
    private final StatusCalls statuses;
    private final String ciLogin;

    /** @param ciLogin the account that CI posts its reports as; everybody with write access can post a status */
    public GithubApplyMonitor(GithubClient github, String ciLogin) {
        this.ciLogin = ciLogin;
        this.statuses = new StatusCalls(github);
    }

    @Override
    public ApplyStatus reportOn(EnvironmentName environment, CommitId commit) {
        String context = CommitStatuses.Subject.APPLY.context(environment);
        return FaultTranslation.onRead(
                        "reading the statuses of commit " + commit.brief(), () -> statuses.latest(commit))
                .stream()
                .filter(status -> status.context().equals(context))
                .filter(status -> GithubLogin.areSame(status.by(), ciLogin))
                .findFirst()
                .map(GithubApplyMonitor::report)
                .orElseGet(ApplyStatus.Unknown::new);
    }

    private static ApplyStatus report(CommitStatus status) {
        return switch (status.state()) {
            case PENDING -> new ApplyStatus.Running(status.run(), Optional.of(status.at()));
            case SUCCESS -> new ApplyStatus.Succeeded(status.run(), Optional.of(status.at()));
            case FAILURE, ERROR ->
                new ApplyStatus.Failed(
                        status.description().isBlank() ? "CI gave no reason" : status.description(),
                        status.run(),
                        Optional.of(status.at()));
        };
    }
}
