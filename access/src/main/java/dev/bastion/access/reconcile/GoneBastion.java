package dev.bastion.access.reconcile;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.Session;
import dev.bastion.access.port.SessionMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The bastion of an ended grant that the ledger records as gone.
 *
 * @param since when its first session can have begun
 * @param at when it was observed absent first
 * @param account its AWS account and region, as far as they are known: what AWS answers for one is not true of another
 * @param instances the ids of all instances that it is known to have had; at least one
 */
record GoneBastion(Observation.Subject subject, Instant since, Instant at, String account, Set<String> instances) {
    /**
     * The gone bastion of a grant; empty while it is not recorded as gone, and where no instance of it was ever
     * observed.
     *
     * @param known what the ledger records of the grant
     * @param seen the instances that this process observed
     */
    static Optional<GoneBastion> of(Grant ended, List<Observation> known, Set<String> seen) {
        var ready = only(Observation.Ready.class, known);
        var gone = only(Observation.Gone.class, known);
        var instances = new TreeSet<>(seen);
        Stream.concat(
                        ready.map(Observation.Ready::instance).stream(),
                        gone.flatMap(Observation.Gone::instance).stream())
                .map(Instance::id)
                .forEach(instances::add);
        // a manual edit can say that a grant began after its bastion was online
        var since = ready.map(Observation.Ready::at).stream().reduce(ended.createdAt(), Timestamps::earlier);
        return gone.filter(_ -> !instances.isEmpty())
                .map(absent -> new GoneBastion(absent.subject(), since, absent.at(), account(ready, gone), instances));
    }

    private static String account(Optional<Observation.Ready> ready, Optional<Observation.Gone> gone) {
        return ready.map(Observation.Ready::instance)
                .or(() -> gone.flatMap(Observation.Gone::instance))
                .map(instance ->
                        instance.account().orElse("") + "/" + instance.region().orElse(""))
                .orElse("/");
    }

    private static <T extends Observation> Optional<T> only(Class<T> kind, List<Observation> among) {
        return among.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    RequestId request() {
        return subject.request();
    }

    /** The fields of a log event. */
    Map<String, String> fields() {
        return Map.of(
                "environment",
                subject.environment().value(),
                "request",
                request().value());
    }

    /**
     * SSM is asked after one minute, then after 2, 4, 8 and so on, and a last time when it is given up; after that only where
     * it failed.
     */
    Instant askAgainAt(Instant now) {
        var waited = Duration.between(at, now);
        var pause = waited.compareTo(RecordSessions.SHORTEST_PAUSE) > 0 ? waited : RecordSessions.SHORTEST_PAUSE;
        var last = at.plus(RecordSessions.GIVE_UP_AFTER);
        return now.isBefore(last)
                ? Timestamps.earlier(now.plus(pause), last)
                : now.plus(RecordSessions.PAUSE_WHEN_REFUSED);
    }

    /** The sessions of all its instances; what began later belongs to the next grant of a bastion that stays. */
    SessionMonitor.Listing sessions(SessionMonitor monitor) {
        var listings = instances.stream()
                .map(instance -> monitor.sessionsOf(subject.environment(), instance, since))
                .toList();
        return new SessionMonitor.Listing(
                listings.stream()
                        .flatMap(listing -> listing.sessions().stream())
                        .filter(session -> !session.from().isAfter(at))
                        .sorted(Comparator.comparing(Session::from))
                        .toList(),
                listings.stream().allMatch(SessionMonitor.Listing::isComplete));
    }
}
