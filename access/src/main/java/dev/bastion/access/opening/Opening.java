package dev.bastion.access.opening;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import java.util.List;
import java.util.Optional;

/**
 * The opening of one request: announced once, whatever number of attempts it takes and whichever slot it gets, and shown as failed
 * when it is closed without one that was recorded. Of one thread.
 */
public final class Opening implements AutoCloseable {
    private final GrantLedger ledger;
    private final Notifier notifier;
    private final ExpiryTimer timer;
    /** The last attempt, where another change was recorded first; empty in every other case. */
    private Optional<LedgerChange.Open> overtaken = Optional.empty();

    public Opening(GrantLedger ledger, Notifier notifier, ExpiryTimer timer) {
        this.ledger = ledger;
        this.notifier = notifier;
        this.timer = timer;
    }

    /**
     * One attempt. After a conflict the next one is shown in the same message.
     *
     * @throws LedgerUnreachable when it is not known whether it was recorded; the announcement says so
     * @throws LedgerRejected when the ledger rejects it; the announcement says so
     */
    public RecordResult record(LedgerChange change, AccessPolicy policy) {
        if (!(change instanceof LedgerChange.Open open)) {
            throw new IllegalStateException("a request was decided to be " + change);
        }
        Optional<AnnouncementRef> announcement =
                overtaken.flatMap(LedgerChange.Open::shownIn).or(() -> notifier.requested(open));
        overtaken = Optional.empty();
        LedgerChange.Open shown = open.shownIn(announcement);
        RecordResult result;
        try {
            result = ledger.record(shown);
        } catch (LedgerUnreachable | LedgerRejected e) {
            announcement.ifPresent(ref -> notifier.requestFailed(ref, shown, e.fault()));
            throw e;
        }
        switch (result) {
            case RecordResult.Conflict _ -> overtaken = Optional.of(shown);
            case RecordResult.Recorded(var _, var grant, var _) -> {
                timer.arm(grant);
                notifier.show(new GrantStatus(grant, new GrantStage.Applying(Optional.empty())));
                if (open.request().breakGlass()) {
                    notifier.usedBreakGlass(grant, policy.approversOf(grant.environment(), List.of(grant.holder())));
                }
            }
        }
        return result;
    }

    @Override
    public void close() {
        overtaken.ifPresent(change -> change.shownIn()
                .ifPresent(ref -> notifier.requestFailed(ref, change, "another request was recorded first")));
        overtaken = Optional.empty();
    }
}
