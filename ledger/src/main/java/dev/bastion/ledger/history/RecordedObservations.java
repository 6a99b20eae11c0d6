package dev.bastion.ledger.history;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The observations that the ledger has of the requests that were observed last: what the service must know to write each once,
 * in bounded memory. Of several with the same identity the first counts. Immutable.
 */
public final class RecordedObservations {
    public static final RecordedObservations NONE = new RecordedObservations(Map.of());

    /** More than a week of grants, which is as long as one may last. */
    static final int MOST_REQUESTS = 10_000;

    /** More than the kinds and the approvers of a request. */
    static final int MOST_OF_ONE = 50;

    private final Map<RequestId, List<Observation>> byRequest;

    private RecordedObservations(Map<RequestId, List<Observation>> byRequest) {
        this.byRequest = byRequest;
    }

    /** The observations of a request, in the order in which they were written. */
    public List<Observation> of(RequestId request) {
        return byRequest.getOrDefault(request, List.of());
    }

    /** All of them: those of the request that was observed longest ago first, and of each in the order of their writing. */
    public Stream<Observation> all() {
        return byRequest.values().stream().flatMap(List::stream);
    }

    /** Whether the ledger has it, or another one that counts before it. */
    public boolean has(Observation observation) {
        return has(of(observation.subject().request()), observation);
    }

    /** The time of the first observation of the request that was observed longest ago. */
    public Optional<Instant> oldest() {
        return byRequest.values().stream()
                .findFirst()
                .map(known -> known.getFirst().at());
    }

    private static boolean has(List<Observation> observations, Observation observation) {
        String identity = observation.identity();
        return observations.stream().anyMatch(known -> known.identity().equals(identity));
    }

    /** Adds observations to a copy, which is made when the first one is new. Not thread-safe. */
    public static final class Builder {
        private final RecordedObservations base;
        private @Nullable Map<RequestId, List<Observation>> changed;

        public Builder(RecordedObservations base) {
            this.base = base;
        }

        public boolean has(Observation observation) {
            return RecordedObservations.has(of(observation.subject().request()), observation);
        }

        private List<Observation> of(RequestId request) {
            return changed == null ? base.of(request) : changed.getOrDefault(request, List.of());
        }

        /** Adds an observation, unless there is such a one for the request; forgets the request that was observed longest ago. */
        public void add(Observation observation) {
            RequestId request = observation.subject().request();
            if (has(observation) || of(request).size() >= MOST_OF_ONE) {
                return;
            }
            List<Observation> all = new ArrayList<>(of(request));
            all.add(withoutList(observation));
            Map<RequestId, List<Observation>> now = changed == null ? new LinkedHashMap<>(base.byRequest) : changed;
            changed = now;
            now.remove(request);
            now.put(request, List.copyOf(all));
            if (now.size() > MOST_REQUESTS) {
                now.remove(now.keySet().iterator().next());
            }
        }

        /** The list of sessions takes more memory than all else, and only an auditor reads it. */
        private static Observation withoutList(Observation observation) {
            return observation instanceof Observation.Sessions(var subject, var at, var _, int total, var isComplete)
                    ? new Observation.Sessions(subject, at, List.of(), total, isComplete)
                    : observation;
        }

        public RecordedObservations build() {
            return changed == null ? base : new RecordedObservations(new LinkedHashMap<>(changed));
        }
    }
}
