package dev.bastion.ledger.write;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.SigningFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observations that wait to be written, in the order of their arrival. They go out several in one push, while no change of a
 * grant waits, with one attempt at a time: a change that comes meanwhile waits for one push at most. What fails is tried again
 * after a pause that grows, and a remote that rejects several gets fewer at once, so that one that it accepts in no way keeps
 * no other from being written.
 */
public final class ObservationQueue implements ObservationLog, IdleWork, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationQueue.class);
    private static final int MOST_WAITING = 2_000;
    private static final int MOST_AT_ONCE = 50;
    /** How often another process may be faster before there is a pause. */
    private static final int MOST_RACES = 8;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** A grant that ends within this time ends first. */
    private static final Duration NEAR_END = Duration.ofSeconds(15);
    /** For how long ends of grants may come first. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private record Key(RequestId request, String identity) {
        static Key of(Observation observation) {
            return new Key(observation.subject().request(), observation.identity());
        }
    }

    private final LedgerBranch branch;
    private final ObservationStore store;
    private final Runnable closing;
    private final InstantSource clock;
    private final Map<Key, Observation> waiting = new LinkedHashMap<>();
    private Runnable awaken = () -> {};
    private Instant due = Instant.MIN;
    private Instant waitingSince = Instant.MAX;
    private int atOnce = MOST_AT_ONCE;
    private int failures;
    private int races;

    /** The queue of observations as commits of the branch. */
    public static ObservationQueue ofCommits(LedgerBranch branch, InstantSource clock) {
        return new ObservationQueue(branch, new CommitObservations(branch), () -> {}, clock);
    }

    /** The queue of observations as notes. Its work reads what others push, so it needs a thread of its own. */
    public static ObservationQueue ofNotes(LedgerBranch branch, LedgerAlarms alarms, InstantSource clock) {
        NoteObservations notes = new NoteObservations(branch, alarms, clock);
        return new ObservationQueue(branch, notes, notes::close, clock);
    }

    private ObservationQueue(LedgerBranch branch, ObservationStore store, Runnable closing, InstantSource clock) {
        this.branch = branch;
        this.store = store;
        this.closing = closing;
        this.clock = clock;
    }

    /** @param work called when there is something to do again */
    public synchronized void onWork(Runnable work) {
        awaken = work;
    }

    /** The decisions of approvers are on the branch, wherever observations are. */
    @Override
    public List<Observation> of(RequestId request) {
        List<Observation> onBranch =
                branch.isKnown() ? branch.state().observations().of(request) : List.of();
        return Stream.concat(store.of(request).stream(), onBranch.stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<Instant> oldest() {
        return store.oldest();
    }

    @Override
    public void record(Observation observation) {
        Runnable work;
        synchronized (this) {
            boolean isNew = !isKnown(observation) && waiting.putIfAbsent(Key.of(observation), observation) == null;
            if (!isNew) {
                return;
            }
            waitingSince = Timestamps.earlier(waitingSince, clock.instant());
            forgetTheOldest();
            work = awaken;
        }
        work.run();
    }

    private boolean isKnown(Observation observation) {
        String identity = observation.identity();
        return of(observation.subject().request()).stream()
                .anyMatch(known -> known.identity().equals(identity));
    }

    private void forgetTheOldest() {
        if (waiting.size() > MOST_WAITING) {
            Iterator<Key> keys = waiting.keySet().iterator();
            Key oldest = keys.next();
            Observation dropped = waiting.get(oldest);
            keys.remove();
            LOG.atError()
                    .addKeyValue("request", oldest.request())
                    .addKeyValue(
                            "environment",
                            dropped == null ? "" : dropped.subject().environment())
                    .addKeyValue("kind", oldest.identity())
                    .log("observation.dropped");
        }
    }

    @Override
    public synchronized Optional<Duration> dueIn() {
        if (waiting.isEmpty() && store.isReady()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return Optional.of(due.isAfter(now) ? Duration.between(now, due) : isEndNear(now) ? LOOK_AGAIN : Duration.ZERO);
    }

    /** A push that is under way when a grant ends would delay its reversion. */
    private boolean isEndNear(Instant now) {
        return !waiting.isEmpty()
                && branch.isKnown()
                && now.isBefore(waitingSince.plus(LONGEST_WAIT))
                && branch.state().snapshot().openGrants().stream()
                        .map(Grant::expiresAt)
                        .anyMatch(end -> end.isAfter(now.minus(NEAR_END)) && !end.isAfter(now.plus(NEAR_END)));
    }

    @Override
    public void run() {
        try {
            write();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (SigningFailed e) {
            branch.signing().failed(e);
            failed(e);
        } catch (CallFailed | CloneBroken e) {
            failed(e);
        } catch (RuntimeException | Error e) {
            rejected();
            failed(e);
        }
    }

    private void write() {
        if (hasFailed()) {
            store.refresh();
        }
        List<Observation> next = next();
        if (next.isEmpty() && store.isReady()) {
            return;
        }
        try {
            written(next, store.write(next));
        } catch (LedgerRejected e) {
            rejected();
            throw e;
        }
    }

    private synchronized boolean hasFailed() {
        return failures > 0;
    }

    /** The ones to write now. Those that the ledger has, of this process or another one, no longer wait. */
    private synchronized List<Observation> next() {
        waiting.values().removeIf(this::isKnown);
        return waiting.values().stream().limit(atOnce).toList();
    }

    private synchronized void written(List<Observation> batch, PushOutcome outcome) {
        switch (outcome) {
            case ACCEPTED, REWRITTEN -> {
                batch.stream().filter(this::isKnown).forEach(this::written);
                failures = 0;
                races = 0;
                atOnce = Math.min(MOST_AT_ONCE, atOnce * 2);
                due = Instant.MIN;
                waitingSince = waiting.isEmpty() ? Instant.MAX : clock.instant();
            }
            case LOST_RACE -> {
                if (++races >= MOST_RACES) {
                    pause();
                }
            }
        }
    }

    private void written(Observation observation) {
        waiting.remove(Key.of(observation));
        LOG.atInfo()
                .addKeyValue("environment", observation.subject().environment())
                .addKeyValue("request", observation.subject().request())
                .log("observation.{}", observation.kind().word());
    }

    /** Fewer at once; the one that is left goes behind the others. */
    private synchronized void rejected() {
        if (atOnce == 1) {
            waiting.keySet().stream().findFirst().ifPresent(first -> waiting.put(first, waiting.remove(first)));
        }
        atOnce = Math.max(1, atOnce / 2);
    }

    private synchronized void failed(Throwable failure) {
        pause();
        LOG.atWarn()
                .addKeyValue("waiting", waiting.size())
                .addKeyValue("next", due)
                .setCause(failure)
                .log("observation.not-written");
    }

    @Override
    public void close() {
        closing.run();
    }

    private void pause() {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, 6));
        due = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        races = 0;
    }
}
