package dev.bastion.access.reconcile;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.reconcile.DetectUnapprovedGrants.Origins;
import java.time.InstantSource;

/** The end of a grant that the policy does not allow, after two answers of GitHub, which lags behind git. */
public final class EndUnapprovedGrant {
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final ExpiryTimer timer;
    private final Notifier notifier;
    private final InstantSource clock;

    public EndUnapprovedGrant(
            GrantLedger ledger,
            ProposalRepository proposals,
            ExpiryTimer timer,
            Notifier notifier,
            InstantSource clock) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.timer = timer;
        this.notifier = notifier;
        this.clock = clock;
    }

    /**
     * Ends the grant, or asks GitHub once more. Without GitHub no one knows the approvals.
     *
     * @param by the commit that opened the grant, or moved its end last
     */
    void end(Grant grant, CommitId by, Evaluation evaluation, Origins origins) {
        if (!proposals.isAvailable() && evaluation.verdict() != Evaluation.Verdict.REFUSED) {
            return;
        }
        if (origins.standsFor(by).compareTo(DetectUnapprovedGrants.LOOK_AGAIN) < 0) {
            origins.askAgainAfter(DetectUnapprovedGrants.LOOK_AGAIN);
            return;
        }
        var at = Timestamps.wholeSeconds(clock.instant());
        if (ledger.record(new LedgerChange.Close(grant, new End.Unapproved(), at))
                instanceof RecordResult.Recorded(var _, var ended, var _)) {
            timer.disarm(grant.environment());
            notifier.endedWithoutApproval(ended, by, evaluation);
        }
    }
}
