package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.write.PushStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For repositories where nobody may push to the branch: what the service writes goes through a pull request that waits for
 * nobody, because the service itself says {@code bastion/policy} on it and merges it. The forge gives the commits new names
 * on the way.
 *
 * <p>A forge merges whatever does not conflict, wherever the branch has moved meanwhile, and two processes that write the same
 * do not conflict. So the pull request's branch is named for the commit it stands on: there can be one only, and whoever
 * made it looks once more whether the branch that counts is still there. Whoever comes second writes upon what the first has.
 */
public final class PullRequestPush implements PushStrategy {
    /** The branches of these pull requests begin with this. */
    static final String PREFIX = ProposalEntry.PREFIX + "ledger/";

    static final String POLICY = "bastion/policy";

    private static final Logger LOG = LoggerFactory.getLogger(PullRequestPush.class);
    private static final String BODY =
            "Written by the service under the access policy, and merged by it at once. Nobody needs to do anything.";

    private final PullRequests pulls;
    private final String base;

    /** @param base the branch that counts */
    public PullRequestPush(PullRequests pulls, String base) {
        this.pulls = pulls;
        this.base = base;
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
        RetryingMerge merge = new RetryingMerge(pulls, PullRequests.MergeMethod.REBASE);
        PushOutcome outcome = switch (merge.of(pull.number(), tip, "", "")) {
            case PullRequests.Merge.Merged _ -> PushOutcome.REWRITTEN;
            case PullRequests.Merge.HeadMoved _ -> giveUp(pull, "its head has moved");
            case PullRequests.Merge.NotMergeable(String why) -> giveUp(pull, why);
        };
        pulls.deleteBranch(pull.branch());
        return outcome;
    }

    private PushOutcome giveUp(PullRequest pull, String why) {
        LOG.atWarn().addKeyValue("pull", pull.number()).addKeyValue("why", why).log("ledger.not-merged");
        pulls.close(pull.number());
        return PushOutcome.LOST_RACE;
    }
}
