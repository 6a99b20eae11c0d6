package dev.bastion.app.trace;

import dev.bastion.access.forwarding.ForwardingNotifier;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.telemetry.GrantTrace;
import dev.bastion.access.telemetry.StepKind;
import dev.bastion.access.telemetry.TraceStep;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A notifier that sees what no other port does: that a request was decided and is about to be announced, and that the holder's
 * warning is due. What it sends is traced where it is sent.
 */
final class TracedNotifier implements ForwardingNotifier {
    private final Notifier notifier;
    private final GrantTrace trace;
    private final DecisionTimes decisions;
    private final InstantSource clock;

    TracedNotifier(Notifier notifier, GrantTrace trace, DecisionTimes decisions, InstantSource clock) {
        this.notifier = notifier;
        this.trace = trace;
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    public Notifier delegate() {
        return notifier;
    }

    /** One for each end: an extension may make another one due. */
    private void warn(Grant grant) {
        Instant now = clock.instant();
        trace.record(new TraceStep(
                grant.request(),
                grant.environment(),
                StepKind.WARNING,
                grant.expiresAt().toString(),
                now,
                now));
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        decisions.decided(change.request().id(), change.environment());
        return notifier.requested(change);
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        decisions.decided(TracedProposals.requestOf(change), change.environment());
        return notifier.proposed(change);
    }

    @Override
    public void show(GrantStatus status) {
        if (status.stage() instanceof GrantStage.EndsSoon) {
            warn(status.grant());
        }
        notifier.show(status);
    }
}
