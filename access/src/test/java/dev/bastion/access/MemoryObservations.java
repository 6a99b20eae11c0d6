package dev.bastion.access;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.ObservationLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An observation log in memory. */
public final class MemoryObservations implements ObservationLog {
    public final List<Observation> all = new CopyOnWriteArrayList<>();
    /** While true, what is recorded waits, and is lost when the process ends. */
    public volatile boolean unreachable;

    @Override
    public List<Observation> of(RequestId request) {
        return all.stream()
                .filter(one -> one.subject().request().equals(request))
                .toList();
    }

    @Override
    public Optional<Instant> oldest() {
        return all.stream().map(Observation::at).min(Comparator.naturalOrder());
    }

    @Override
    public void record(Observation observation) {
        if (!unreachable && !has(observation.subject().request(), observation.kind())) {
            all.add(observation);
        }
    }
}
