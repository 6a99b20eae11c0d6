package dev.bastion.cli;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.apply.ApplyReports;
import dev.bastion.apply.ChangedResult;
import dev.bastion.apply.RunResult;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.status.StatusCalls;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CI's reports as commit statuses at GitHub: {@code bastion/apply/<environment>}, and {@code bastion/apply} on the newest
 * commit that an ended run applied. Only statuses of CI's own account count, since everybody with write access can post one.
 */
final class GithubApplyReports implements ApplyReports {
    private static final String END = "bastion/apply";
    private static final String OF_AN_ENVIRONMENT = END + "/";

    private final StatusCalls statuses;
    private final String ciLogin;
    private final Optional<URI> page;

    private GithubApplyReports(GithubClient github, String ciLogin, Optional<URI> page) {
        this.statuses = new StatusCalls(github);
        this.ciLogin = ciLogin;
        this.page = page;
    }

    /** The reports of this job's repository; empty outside a GitHub Actions job or without a token. */
    static Optional<ApplyReports> of(Map<String, String> environment, String ciLogin) {
        GithubJob job = new GithubJob(environment);
        return job.client().map(client -> new GithubApplyReports(client, ciLogin, job.page()));
    }

    @Override
    public OnCommit on(String commit) {
        List<CommitStatus> all = FaultTranslation.onRead(
                "reading the statuses of commit " + commit.substring(0, 12),
                () -> statuses.latest(new CommitId(commit)));
        boolean isEnd = false;
        Set<String> applied = new HashSet<>();
        Set<String> failed = new HashSet<>();
        for (CommitStatus status : all) {
            if (!GithubLogin.areSame(status.by(), ciLogin)) {
                continue;
            }
            if (status.context().equals(END)) {
                isEnd = true;
            } else if (status.context().startsWith(OF_AN_ENVIRONMENT)) {
                boolean isDone = status.state() == CommitStatus.State.SUCCESS;
                (isDone ? applied : failed).add(status.context().substring(OF_AN_ENVIRONMENT.length()));
            }
        }
        return new OnCommit(isEnd, applied, failed);
    }

    /** The failures first: without them the next run would believe that everything is applied. */
    @Override
    public void ended(String commit, ChangedResult result) {
        Set<String> failedBefore = on(commit).failed();
        for (RunResult each : result.results()) {
            if (!each.succeeded() || failedBefore.contains(each.environment())) {
                post(commit, OF_AN_ENVIRONMENT + each.environment(), each.succeeded(), each.sentence());
            }
        }
        post(commit, END, result.exitCode() == 0, result.summary());
    }

    private void post(String commit, String context, boolean isSuccess, String description) {
        CommitStatus.State state = isSuccess ? CommitStatus.State.SUCCESS : CommitStatus.State.FAILURE;
        CommitId id = new CommitId(commit);
        FaultTranslation.onRead("posting the status " + context + " on commit " + id.brief(), () -> {
            statuses.post(id, state, context, description, page);
            return id;
        });
    }
}
