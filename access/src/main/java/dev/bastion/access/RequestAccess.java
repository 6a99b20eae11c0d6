package dev.bastion.access;

import java.time.InstantSource;
import java.util.Optional;

/** Someone asks: decide, show it, write it down. If somebody else was faster, decide again on what they wrote. */
public final class RequestAccess {
    private static final int ATTEMPTS = 3;

    private final GrantLedger ledger;
    private final ProposeChange others;
    private final Announcer announcer;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public RequestAccess(
            GrantLedger ledger, ProposeChange others, Announcer announcer, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.others = others;
        this.announcer = announcer;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Opens the environment, puts it before others, or says why not; returns when git, or the forge, has acknowledged it.
     *
     * @throws LedgerUnreachable when it could not be written down in time
     * @throws LedgerRefused when the remote will not have it
     */
    public Outcome request(AccessRequest request) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LedgerSnapshot snapshot = ledger.read();
            Optional<Standing> standing = snapshot.standing(request.environment());
            if (standing.isEmpty()) {
                return new Outcome.Refused(
                        new Refusal.UnknownEnvironment(request.environment(), snapshot.environments()));
            }
            Optional<Outcome> outcome = switch (snapshot.policy().decide(request, standing.get(), clock.instant())) {
                case Decision.Refuse(Refusal.AlreadyOpen(Grant grant))
                when isSame(request, grant) -> Optional.of(new Outcome.Done(grant, grant.openedBy()));
                case Decision.Refuse(Refusal refusal) -> Optional.of(new Outcome.Refused(refusal));
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

    /** The same request, delivered again after it was granted. */
    private static boolean isSame(AccessRequest request, Grant grant) {
        return request.id().equals(grant.request());
    }

    /** Empty when the ledger moved meanwhile and the decision must be taken anew. */
    private Optional<Outcome> open(LedgerChange.Open open, AccessPolicy policy) {
        Optional<AnnouncementRef> announcement = announcer.requested(open);
        LedgerChange.Open shown = open.shownIn(announcement);
        return switch (record(shown)) {
            case Receipt.Recorded(CommitId commit, Grant grant, boolean _) -> {
                timer.arm(grant);
                announcer.show(new GrantStory(grant, new Stage.Applying(Optional.empty())));
                if (open.request().breakGlass()) {
                    announcer.brokeGlass(grant, CheckConsent.notWaitedFor(grant, policy));
                }
                yield Optional.of(new Outcome.Done(grant, commit));
            }
            case Receipt.Conflict _ -> {
                announcement.ifPresent(ref -> announcer.cameToNothing(ref, shown, "somebody else was faster"));
                yield Optional.empty();
            }
        };
    }

    private Receipt record(LedgerChange.Open shown) {
        try {
            return ledger.record(shown);
        } catch (LedgerUnreachable | LedgerRefused e) {
            shown.shownIn().ifPresent(ref -> announcer.cameToNothing(ref, shown, "git did not take it"));
            throw e;
        }
    }
}
