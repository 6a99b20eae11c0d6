package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.MergeRules;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.write.Pacing;
import dev.bastion.ledger.write.PushStrategy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The push strategy for a branch that accepts no direct push. The service opens a pull request with its commits, posts
 * {@code bastion/policy} on it and merges it at once. The forge rebases unsigned commits, so they get new ids. A rebase drops
 * signatures, so signed commits are merged: they are the entries, and the merge commit brings them.
 *
 * <p>A forge merges commits that do not conflict even when the branch has moved, and two processes that write the same
 * entry do not conflict. So the pull request's branch is named after its base commit: only one process can create it. That
 * process then checks that the ledger's branch still is at this commit. The other loses the race and writes again on top of
 * the new head.
 */
public final class PullRequestPush implements PushStrategy {
    /** The prefix of these pull requests' branches. */
    static final String PREFIX = ProposalEntry.PREFIX + "ledger/";

    static final String POLICY = "bastion/policy";

    private static final Logger LOG = LoggerFactory.getLogger(PullRequestPush.class);
    private static final String BODY =
            "The service wrote these entries under the access policy and merges them at once. No action is needed.";

    private final PullRequests pulls;
    private final String base;
    private final PullRequests.MergeMethod method;

    /**
     * @param base the ledger's branch
     * @param isSigning whether the service's commits are signed
     */
    public PullRequestPush(PullRequests pulls, String base, boolean isSigning) {
        this.pulls = pulls;
        this.base = base;
        this.method = isSigning ? PullRequests.MergeMethod.MERGE : PullRequests.MergeMethod.REBASE;
    }

    @Override
    public PushOutcome push(BareClone clone, CommitDraft draft) {
        CommitId tip = draft.tip();
        String branch = PREFIX + draft.baseCommit().brief();
        if (clone.pushNew(draft, branch) != PushOutcome.ACCEPTED) {
            return PushOutcome.LOST_RACE;
        }
        if (clone.remoteHead().equals(draft.baseCommit())) {
            pulls.post(tip, CommitStatus.State.SUCCESS, POLICY, "the service's own entries, under the access policy");
            return merge(pulls.create(branch, base, "bastion: entries up to " + tip.brief(), BODY), tip);
        }
        pulls.deleteBranch(branch);
        return PushOutcome.LOST_RACE;
    }

    private PushOutcome merge(PullRequest pull, CommitId tip) {
        RetryingMerge merge = new RetryingMerge(pulls, method, Pacing.THREADS);
        PushOutcome outcome = switch (merge.of(pull.number(), tip, "", "")) {
            case PullRequests.Merge.Merged _ -> PushOutcome.REWRITTEN;
            case PullRequests.Merge.HeadMoved _ -> giveUp(pull, "its head has moved");
            case PullRequests.Merge.NotMergeable(String reason) -> notMergeable(pull, reason);
        };
        deleteAfterwards(pull.branch());
        return outcome;
    }

    /** A branch that moved is a lost race; a rule that refuses this merge would refuse the next one. */
    private PushOutcome notMergeable(PullRequest pull, String reason) {
        PushOutcome lost = giveUp(pull, reason);
        if (RetryingMerge.isOutOfDate(reason)) {
            return lost;
        }
        deleteAfterwards(pull.branch());
        throw new LedgerRejected(new Fault.Refused(
                ExternalSystem.GITHUB,
                "merging the service's own pull request #" + pull.number(),
                reason,
                remedy(reason)));
    }

    private String remedy(String reason) {
        try {
            return pulls.mergeRules(base).remedy(reason);
        } catch (ObservationFailed e) {
            LOG.atWarn().addKeyValue("branch", base).setCause(e).log("ledger.push.rules_unknown");
            return new MergeRules(List.of()).remedy(reason);
        }
    }

    /** What was merged stays merged; {@link StaleBranchCleaner} deletes the branch later. */
    private void deleteAfterwards(String branch) {
        try {
            pulls.deleteBranch(branch);
        } catch (CallFailed e) {
            LOG.atWarn().addKeyValue("branch", branch).setCause(e).log("ledger.push.branch_left");
        }
    }

    private PushOutcome giveUp(PullRequest pull, String reason) {
        LOG.atWarn()
                .addKeyValue("pull", pull.number())
                .addKeyValue("reason", reason)
                .log("ledger.push.not_merged");
        pulls.close(pull.number());
        return PushOutcome.LOST_RACE;
    }
}
