package dev.bastion.access.reconcile;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.port.RefusalLog;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.RefusalText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The recorder of refused requests, where the policy says {@code record_refusals: true}. A person can repeat a refused request
 * without end, so that only the first ones of an hour become entries.
 */
public final class RecordRefusals implements RefusalLog {
    static final int MOST_PER_HOUR = 20;

    private final GrantLedger ledger;
    private final ObservationLog log;
    private final ReconcileLog failures;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> lastByPerson = new HashMap<>();

    public RecordRefusals(GrantLedger ledger, ObservationLog log, ReconcileLog failures, InstantSource clock) {
        this.ledger = ledger;
        this.log = log;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public void refused(AccessRequest request, Refusal why) {
        new FailureCollector(failures)
                .attempt("refusal.record.failed", WorkContext.about(request), () -> record(request, why));
    }

    private void record(AccessRequest request, Refusal why) {
        var snapshot = ledger.lastSeen();
        boolean isKnown = snapshot.state(request.environment()).isPresent();
        if (snapshot.policy().recordsRefusals()
                && isKnown
                && mayRecord(request.requester().id())) {
            log.record(new Observation.Refused(
                    new Observation.Subject(request.environment(), request.id(), request.requester()),
                    request.askedAt(),
                    RefusalText.of(why).full().in(Markup.PLAIN),
                    Optional.empty()));
        }
    }

    private synchronized boolean mayRecord(String person) {
        var now = clock.instant();
        var anHourAgo = now.minus(Duration.ofHours(1));
        lastByPerson.values().forEach(moments -> moments.removeIf(anHourAgo::isAfter));
        lastByPerson.values().removeIf(Deque::isEmpty);
        var moments = lastByPerson.computeIfAbsent(person, _ -> new ArrayDeque<>());
        if (moments.size() >= MOST_PER_HOUR) {
            return false;
        }
        moments.add(now);
        return true;
    }
}
