package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
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
 * Takes away what a process that died in between left behind: branches that never became a pull request or whose pull
 * request is over, and pull requests of the service's own entries that were never merged. Only what the service wrote and
 * could write again; what somebody else has on such a branch stays.
 */
final class StaleBranchCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(StaleBranchCleaner.class);
    /** Whoever is in the middle of it has that long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
     * What cannot be taken away stays, is said in the log and is tried again the next time: nobody's approval waits for it.
     *
     * @param found every pull request that is open, and more
     */
    void clean(List<PullRequest> found) {
        Instant longAgo = clock.instant().minus(PATIENCE);
        found.stream()
                .filter(pull -> isOpenEntry(pull) && pull.createdAt().isBefore(longAgo))
                .forEach(pull -> attempt(pull.branch(), () -> giveUp(pull)));
        attempt(ProposalEntry.PREFIX, () -> tidyBranches(found, longAgo));
    }

    /** Takes away a branch that has done its part. If it stays it is a leftover. */
    void delete(String branch) {
        attempt(branch, () -> pulls.deleteBranch(branch));
    }

    private void tidyBranches(List<PullRequest> found, Instant longAgo) {
        Set<String> used = found.stream()
                .filter(pull -> pull.state() instanceof PullRequest.State.Open && pull.fromHere())
                .map(PullRequest::branch)
                .collect(Collectors.toSet());
        List<PullRequests.RemoteHead> unused = pulls.branches(ProposalEntry.PREFIX).stream()
                .filter(head -> !used.contains(head.branch()))
                .toList();
        firstSeen.keySet().retainAll(unused);
        unused.stream()
                .filter(head -> isOld(head, longAgo))
                .forEach(head -> attempt(head.branch(), () -> deleteIfOurs(head)));
    }

    private static void attempt(String branch, Runnable tidying) {
        try {
            tidying.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("branch", branch).setCause(e).log("leftover.stays");
        }
    }

    private boolean isOpenEntry(PullRequest pull) {
        return pull.state() instanceof PullRequest.State.Open
                && pull.author().equalsIgnoreCase(pulls.mine())
                && ENTRIES.matcher(pull.branch()).matches();
    }

    private void giveUp(PullRequest pull) {
        LOG.atInfo().addKeyValue("pull", pull.number()).log("ledger.leftover");
        pulls.close(pull.number());
        pulls.deleteBranch(pull.branch());
    }

    private boolean isOld(PullRequests.RemoteHead head, Instant longAgo) {
        return firstSeen.computeIfAbsent(head, _ -> clock.instant()).isBefore(longAgo);
    }

    private boolean isOurs(PullRequests.RemoteHead head) {
        CommitId commit = head.commit();
        branches.bring(ProposalBranches.refsOf(0, head.branch()).limit(1).toList());
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
            LOG.atInfo().addKeyValue("branch", head.branch()).log("proposal.leftover");
        }
    }
}
