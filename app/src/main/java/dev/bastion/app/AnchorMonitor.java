package dev.bastion.app;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.ledger.anchor.Anchor;
import dev.bastion.ledger.anchor.AnchorWriter;
import dev.bastion.ledger.git.signature.SigningFailed;
import dev.bastion.slack.notify.ChannelAlarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hourly anchor of the ledger's head, and its alarms: that no anchor could be written, and that the branch lost what was
 * anchored. Nothing waits for it.
 */
final class AnchorMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorMonitor.class);

    static final Duration EVERY = Duration.ofHours(1);
    /** How soon a failed attempt is repeated. */
    static final Duration AGAIN_AFTER = Duration.ofMinutes(5);

    private final Function<Instant, AnchorWriter.Result> writer;
    private final String place;
    private final AlarmRecorder alarms;
    private final InstantSource clock;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean hasWorked;
    private volatile Optional<String> problem = Optional.empty();
    private Instant next = Instant.MIN;

    /**
     * @param writer writes an anchor if the branch has moved
     * @param place where, for people
     */
    AnchorMonitor(
            Function<Instant, AnchorWriter.Result> writer, String place, AlarmRecorder alarms, InstantSource clock) {
        this.writer = writer;
        this.place = place;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Writes an anchor if one is due; returns at once while another thread writes. */
    void look() {
        if (writing.tryLock()) {
            try {
                if (!clock.instant().isBefore(next)) {
                    write(clock.instant());
                }
            } finally {
                writing.unlock();
            }
        }
    }

    private void write(Instant now) {
        next = now.plus(AGAIN_AFTER);
        try {
            switch (writer.apply(now)) {
                case AnchorWriter.Result.NothingNew _ -> next = now.plus(AGAIN_AFTER);
                case AnchorWriter.Result.Written(Anchor anchor) -> written(anchor, now);
                case AnchorWriter.Result.Rewritten(Anchor last, Anchor anchor) -> {
                    written(anchor, now);
                    rewritten(last, anchor);
                }
            }
            worksAgain();
        } catch (CallFailed e) {
            failed(e.fault().line(), e);
        } catch (SigningFailed e) {
            failed(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            failed("the service's clone cannot be read: " + e.getMessage(), e);
        }
    }

    private void written(Anchor anchor, Instant now) {
        next = now.plus(EVERY);
        LOG.atInfo()
                .addKeyValue("head", anchor.head())
                .addKeyValue("commits", anchor.commits())
                .log("ledger.anchored");
    }

    private void rewritten(Anchor last, Anchor anchor) {
        String text = "The branch " + anchor.branch() + " lost commits that were anchored at " + last.at() + ", up to "
                + last.head().brief() + ": its history was rewritten."
                + " Run `bastion audit verify --anchors` on a clone, and restore the branch from one that has"
                + " that commit (docs/runbook.md).";
        alarms.raise(
                new ChannelAlarm(AlarmKind.ANCHOR_MISMATCH, last.head().value(), text),
                Map.of("anchored", last.head().value(), "head", anchor.head().value()));
    }

    private void failed(String line, RuntimeException failure) {
        if (problem.isEmpty()) {
            String text = "The ledger's head could not be anchored in " + place + ": " + line
                    + ". Until it is, a rewritten history may go unnoticed; the service tries again every "
                    + AGAIN_AFTER.toMinutes() + " minutes.";
            alarms.raise(new ChannelAlarm(AlarmKind.ANCHOR_FAILED, place, text), Map.of("place", place));
        }
        problem = Optional.of(line);
        LOG.atWarn().addKeyValue("place", place).setCause(failure).log("ledger.anchor.failed");
    }

    private void worksAgain() {
        if (!hasWorked) {
            hasWorked = true;
            // an earlier process may have raised the alarm
            alarms.resolveOthers(AlarmKind.ANCHOR_FAILED, Set.of());
        }
        if (problem.isPresent()) {
            problem = Optional.empty();
            alarms.resolve(AlarmKind.ANCHOR_FAILED, "The ledger's head is anchored in " + place + " again.");
        }
    }

    /** What keeps anchors from being written, for {@code /readyz}. */
    List<String> problems() {
        return problem.map(line -> "anchors: " + line).stream().toList();
    }
}
