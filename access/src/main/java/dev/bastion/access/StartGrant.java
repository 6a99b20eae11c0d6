package dev.bastion.access;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The start of approved grants. A merged grant has the latest end it can have; its start gives it the approved duration
 * from the moment of approval. Where entries are signed, readers trust them alone about who approved which commit.
 */
public final class StartGrant {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final Notifier notifier;

    public StartGrant(GrantLedger ledger, ExpiryTimer timer, Notifier notifier) {
        this.ledger = ledger;
        this.timer = timer;
        this.notifier = notifier;
    }

    /** Starts the clocks of the grants whose merge names its approvals. */
    void startMerged(LedgerSnapshot snapshot, FailureCollector failures) {
        for (var grant : snapshot.openGrants()) {
            if (grant.approvalBasis() instanceof ApprovalBasis.Approved(var _, var duration, var at, var _)
                    && grant.isClockPending()) {
                failures.attempt(
                        "grant.start.failed",
                        WorkContext.about(grant),
                        () -> record(new LedgerChange.Start(grant, at, endOf(grant, duration, at))));
            }
        }
    }

    /**
     * Records who approved a grant that no signed entry confirms yet. A manual grant, and one whose end was moved
     * since, keeps its times; one that is both stays unconfirmed, since nothing says how long it was before.
     *
     * @param head the commit that was approved
     * @param approvedAt when it had its approvals, or was merged
     */
    public void confirm(
            Grant grant,
            boolean isExtended,
            CommitId head,
            List<Approval> approvals,
            Instant approvedAt,
            AccessPolicy policy) {
        if (!(grant.approvalBasis() instanceof ApprovalBasis.Unconfirmed(var requested))
                || (requested.isEmpty() && isExtended)) {
            return;
        }
        var moment = Timestamps.later(
                Timestamps.wholeSeconds(approvedAt), grant.createdAt().plusSeconds(1));
        var duration = requested.orElseGet(() -> new GrantDuration(grant.total()));
        var approved = new ApprovalBasis.Approved(approvals, duration, moment, Optional.of(head));
        boolean keepsTimes = requested.isEmpty() || isExtended || !moment.isBefore(grant.expiresAt());
        record(new LedgerChange.Start(
                grant,
                keepsTimes ? grant.createdAt() : moment,
                keepsTimes ? grant.expiresAt() : endOf(grant, duration, moment),
                Optional.of(approved),
                policy.rulesOf(grant.environment()).mayRequest().memberships(grant.holder())));
    }

    /** Records who approved an end that a merge has set, unless a signed entry does. */
    public void confirmEnd(
            Grant grant, LatestEnd end, Person by, CommitId head, List<Approval> approvals, Instant approvedAt) {
        if (end.basis() instanceof ApprovalBasis.Unconfirmed(var requested)) {
            ledger.record(new LedgerChange.ConfirmEnd(
                    grant,
                    by,
                    new ApprovalBasis.Approved(
                            approvals,
                            requested.orElseGet(() -> new GrantDuration(grant.total())),
                            Timestamps.wholeSeconds(approvedAt),
                            Optional.of(head))));
        }
    }

    private static Instant endOf(Grant grant, GrantDuration duration, Instant start) {
        return Timestamps.earlier(start.plus(duration.length()), grant.expiresAt());
    }

    private void record(LedgerChange.Start start) {
        if (ledger.record(start) instanceof RecordResult.Recorded(var _, var started, var _)) {
            timer.arm(started);
            notifier.show(new GrantStatus(started, new GrantStage.Applying(Optional.empty())));
        }
    }
}
