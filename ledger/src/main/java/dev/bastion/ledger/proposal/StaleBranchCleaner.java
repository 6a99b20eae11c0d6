package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cleaner of branches and pull requests that a terminated process left: branches without an open pull request, and
 * unmerged pull requests of the service's own entries. It deletes only commits that the service wrote and can write again;
 * branches with other commits stay.
 */
final class StaleBranchCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(StaleBranchCleaner.class);
    /** The age before which a branch is left alone, because another process may still work on it. */
    private static final Duration MIN_AGE = Duration.ofMinutes(2);

    private static final Pattern ENTRIES = Pattern.compile(Pattern.quote(PullRequestPush.PREFIX) + "[0-9a-f]{12}");

    private final ProposalBranches branches;
    private final PullRequests pulls;
    private final InstantSource clock;
    private final Map<PullRequests.RemoteHead, Instant> firstSeen = new ConcurrentHashMap<>();

    StaleBranchCleaner(ProposalBranches branches, PullRequests pulls, InstantSource clock) {
        this.branches = branches;
        this.pulls = pulls;
        this.clock = clock;
    }

    /**
     * Closes stale pull requests and deletes stale branches. A failure is logged and retried at the next call: no approval
     * depends on it.
     *
     * @param found every open pull request; ended ones are ignored
     */
    void clean(List<PullRequest> found) {
        Instant createdBefore = clock.instant().minus(MIN_AGE);
        found.stream()
                .filter(pull -> isOpenEntry(pull) && pull.createdAt().isBefore(createdBefore))
                .forEach(pull -> attempt(pull.branch(), () -> closeStale(pull)));
        attempt(ProposalEntry.PREFIX, () -> deleteUnused(found, createdBefore));
    }

    /** Deletes the branch of a merged proposal. After a failure, {@link #clean} deletes it later. */
    void delete(String branch) {
        attempt(branch, () -> pulls.deleteBranch(branch));
    }

    private void deleteUnused(List<PullRequest> found, Instant createdBefore) {
        Set<String> used = found.stream()
                .filter(pull -> pull.state() instanceof PullRequest.State.Open && pull.fromHere())
                .map(PullRequest::branch)
                .collect(Collectors.toSet());
        List<PullRequests.RemoteHead> unused = pulls.branches(ProposalEntry.PREFIX).stream()
                .filter(head -> !used.contains(head.branch()))
                .toList();
        firstSeen.keySet().retainAll(unused);
        unused.stream()
                .filter(head -> isOld(head, createdBefore))
                .forEach(head -> attempt(head.branch(), () -> deleteIfOurs(head)));
    }

    private static void attempt(String branch, Runnable cleaning) {
        try {
            cleaning.run();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("branch", branch).setCause(e).log("branch.cleanup.failed");
        }
    }

    private boolean isOpenEntry(PullRequest pull) {
        return pull.state() instanceof PullRequest.State.Open
                && GithubLogin.areSame(pull.author(), pulls.mine())
                && ENTRIES.matcher(pull.branch()).matches();
    }

    private void closeStale(PullRequest pull) {
        LOG.atInfo().addKeyValue("pull", pull.number()).log("pull.stale.closed");
        pulls.close(pull.number());
        pulls.deleteBranch(pull.branch());
    }

    private boolean isOld(PullRequests.RemoteHead head, Instant createdBefore) {
        return firstSeen.computeIfAbsent(head, _ -> clock.instant()).isBefore(createdBefore);
    }

    private boolean isOurs(PullRequests.RemoteHead head) {
        CommitId commit = head.commit();
        branches.fetch(ProposalBranches.refsOf(0, head.branch()).limit(1).toList());
        if (ENTRIES.matcher(head.branch()).matches()) {
            return branches.isEntriesUpon(commit, head.branch().substring(PullRequestPush.PREFIX.length()));
        }
        return branches.at(commit)
                        .filter(entry -> entry.branch().equals(head.branch()))
                        .isPresent()
                && branches.isAsWritten(commit);
    }

    private void deleteIfOurs(PullRequests.RemoteHead head) {
        if (isOurs(head) && pulls.deleteBranch(head.branch())) {
            LOG.atInfo().addKeyValue("branch", head.branch()).log("branch.stale.deleted");
        }
    }
}
