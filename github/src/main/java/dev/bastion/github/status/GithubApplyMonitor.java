package dev.bastion.github.status;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CI's reports on commits, read from their statuses at GitHub. A success is read once; a failure is read again, because
 * people rerun what failed.
 */
public final class GithubApplyMonitor implements ApplyMonitor, AutoCloseable {
    private record Query(EnvironmentName environment, CommitId commit) {}

    private final GithubClient github;
    private final StatusCalls statuses;
    private final String ciLogin;
    private final Map<Query, ApplyStatus> succeeded = new ConcurrentHashMap<>();

    /** @param ciLogin the account that CI posts its reports as; everybody with write access can post a status */
    public GithubApplyMonitor(GithubSettings settings, String ciLogin) {
        this.ciLogin = ciLogin;
        this.github = new GithubClient(settings);
        this.statuses = new StatusCalls(github);
    }

    @Override
    public ApplyStatus reportOn(EnvironmentName environment, CommitId commit) {
        Query query = new Query(environment, commit);
        ApplyStatus known = succeeded.get(query);
        if (known != null) {
            return known;
        }
        ApplyStatus report = read(query);
        if (report instanceof ApplyStatus.Succeeded) {
            succeeded.put(query, report);
        }
        return report;
    }

    private ApplyStatus read(Query query) {
        String context = StatusContext.of(query.environment());
        return FaultTranslation.onRead(
                        "reading the statuses of commit " + query.commit().brief(),
                        () -> statuses.latest(query.commit()))
                .stream()
                .filter(status -> status.context().equals(context))
                .filter(status -> status.by().equalsIgnoreCase(ciLogin))
                .findFirst()
                .map(GithubApplyMonitor::report)
                .orElseGet(ApplyStatus.Unknown::new);
    }

    private static ApplyStatus report(CommitStatus status) {
        return switch (status.state()) {
            case PENDING -> new ApplyStatus.Running(status.run());
            case SUCCESS -> new ApplyStatus.Succeeded(status.run());
            case FAILURE, ERROR ->
                new ApplyStatus.Failed(
                        status.description().isBlank() ? "CI gave no reason" : status.description(), status.run());
        };
    }

    @Override
    public void close() {
        github.close();
    }
}
