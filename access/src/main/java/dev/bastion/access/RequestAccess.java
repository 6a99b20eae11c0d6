package dev.bastion.access;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.proposal.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The use case of a request: decides, announces, records. When the ledger moved in between, it decides again. */
public final class RequestAccess {
    private static final int ATTEMPTS = 3;

    private final GrantLedger ledger;
    private final SubmitForApproval others;
    private final Notifier notifier;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public RequestAccess(
            GrantLedger ledger, SubmitForApproval others, Notifier notifier, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.others = others;
        this.notifier = notifier;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Opens the environment, puts it before others, or says why not; returns when git, or the forge, has acknowledged it.
     *
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRejected when the remote will not have it
     */
    public Outcome request(AccessRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerSnapshot snapshot = ledger.read();
            Optional<EnvironmentState> state = snapshot.state(request.environment());
            if (state.isEmpty()) {
                return new Outcome.Refused(snapshot.unknown(request.environment()));
            }
            Optional<Outcome> outcome = switch (snapshot.policy().decide(request, state.get(), clock.instant())) {
                case Decision.Refuse(var _, Refusal.AlreadyOpen(Grant grant))
                when isSame(request, grant) -> Optional.of(new Outcome.Done(grant, grant.openedBy()));
                case Decision.Refuse(var _, Refusal refusal) -> Optional.of(new Outcome.Refused(refusal));
                case Decision.Propose decided -> Optional.of(others.propose(decided, snapshot.policy()));
                case Decision.Proceed(LedgerChange.Open open) -> open(open, snapshot.policy());
                case Decision.Proceed(LedgerChange other) ->
                    throw new IllegalStateException("a request was decided to be " + other);
            };
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Outcome.Refused(new Refusal.TooBusy(request.environment()));
    }

    /**
     * Why the request would be refused now, for a form that is still open.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     */
    public Optional<Decision.Refuse> preview(AccessRequest request) {
        LedgerSnapshot snapshot = ledger.read();
        Optional<EnvironmentState> state = snapshot.state(request.environment());
        if (state.isEmpty()) {
            return Optional.of(new Decision.Refuse(CheckName.ENVIRONMENT, snapshot.unknown(request.environment())));
        }
        return switch (snapshot.policy().decide(request, state.get(), clock.instant())) {
            case Decision.Refuse refused -> Optional.of(refused);
            case Decision.Propose decided ->
                others.refusal(decided).map(why -> new Decision.Refuse(CheckName.APPROVALS, why));
            case Decision.Proceed _ -> Optional.empty();
        };
    }

    /** The same request, delivered again after it was granted. */
    private static boolean isSame(AccessRequest request, Grant grant) {
        return request.id().equals(grant.request());
    }

    /** Empty when the ledger moved in between and the decision must be made again. */
    private Optional<Outcome> open(LedgerChange.Open open, AccessPolicy policy) {
        Optional<AnnouncementRef> announcement = notifier.requested(open);
        LedgerChange.Open shown = open.shownIn(announcement);
        return switch (record(shown)) {
            case RecordResult.Recorded(CommitId commit, Grant grant, boolean _) -> {
                timer.arm(grant);
                notifier.show(new GrantStatus(grant, new GrantStage.Applying(Optional.empty())));
                if (open.request().breakGlass()) {
                    notifier.usedBreakGlass(grant, policy.approversOf(grant.environment(), List.of(grant.holder())));
                }
                yield Optional.of(new Outcome.Done(grant, commit));
            }
            case RecordResult.Conflict _ -> {
                announcement.ifPresent(ref -> notifier.requestFailed(ref, shown, "another request was recorded first"));
                yield Optional.empty();
            }
        };
    }

    private RecordResult record(LedgerChange.Open shown) {
        try {
            return ledger.record(shown);
        } catch (LedgerUnreachable | LedgerRejected e) {
            shown.shownIn().ifPresent(ref -> notifier.requestFailed(ref, shown, "git did not accept the commit"));
            throw e;
        }
    }
}
