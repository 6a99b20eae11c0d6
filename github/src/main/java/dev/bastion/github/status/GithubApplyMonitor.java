package dev.bastion.github.status;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CI's reports on commits, read from their statuses at GitHub. A success is read once; a failure is read again, because
 * people rerun what failed.
 */
public final class GithubApplyMonitor implements ApplyMonitor {
    /**
     * How many successes are kept, the least recently asked for going first. The service asks only about grants that are
     * open or closing, which are fewer; and a success that went is read again, by one request.
     */
    static final int MAX_KEPT = 1000;

    private record Query(EnvironmentName environment, CommitId commit) {}

    private final StatusCalls statuses;
    private final String ciLogin;
    /** Least recently asked for first. */
    private final Map<Query, ApplyStatus> succeeded = new LinkedHashMap<>(16, 0.75f, true);

    /** @param ciLogin the account that CI posts its reports as; everybody with write access can post a status */
    public GithubApplyMonitor(GithubClient github, String ciLogin) {
        this.ciLogin = ciLogin;
        this.statuses = new StatusCalls(github);
    }

    @Override
    public ApplyStatus reportOn(EnvironmentName environment, CommitId commit) {
        Query query = new Query(environment, commit);
        ApplyStatus known = kept(query);
        if (known != null) {
            return known;
        }
        ApplyStatus report = read(query);
        if (report instanceof ApplyStatus.Succeeded) {
            keep(query, report);
        }
        return report;
    }

    private @Nullable ApplyStatus kept(Query query) {
        synchronized (succeeded) {
            return succeeded.get(query);
        }
    }

    private void keep(Query query, ApplyStatus report) {
        synchronized (succeeded) {
            succeeded.put(query, report);
            var eldest = succeeded.keySet().iterator();
            while (succeeded.size() > MAX_KEPT) {
                eldest.next();
                eldest.remove();
            }
        }
    }

    private ApplyStatus read(Query query) {
        String context = CommitStatuses.Subject.APPLY.context(query.environment());
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
}
