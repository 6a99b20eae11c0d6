package dev.bastion.app;

import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.ChannelAlarm;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alarm that the ledger cannot be read, once for each outage, and the news of its end. */
final class LedgerOutageMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOutageMonitor.class);

    /** A shorter failure passes by itself, and every failed read is in the log at once. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Optional<Instant>> unansweredSince;
    private final AlarmRecorder alarms;
    private final InstantSource clock;
    private boolean hasBeenRead;
    private Optional<Instant> raised = Optional.empty();

    /** @param unansweredSince since when no read of the ledger has succeeded */
    LedgerOutageMonitor(Supplier<Optional<Instant>> unansweredSince, AlarmRecorder alarms, InstantSource clock) {
        this.unansweredSince = unansweredSince;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Looks whether an outage has begun or ended. */
    synchronized void look() {
        Instant now = clock.instant();
        Optional<Instant> since = unansweredSince.get();
        if (raised.isEmpty()
                && since.filter(begun -> !now.isBefore(begun.plus(PATIENCE))).isPresent()) {
            raised = since;
            raise(since.get());
        } else if (raised.isPresent() && !since.equals(raised)) {
            ended(Duration.between(raised.get(), now).truncatedTo(ChronoUnit.SECONDS));
            raised = Optional.empty();
        }
        if (since.isEmpty() && !hasBeenRead) {
            hasBeenRead = true;
            // an earlier process may have raised the alarm
            alarms.resolveOthers(AlarmKind.LEDGER_UNREADABLE, Set.of());
        }
    }

    private void raise(Instant since) {
        String text = "The ledger cannot be read. The outage began at " + since.truncatedTo(ChronoUnit.SECONDS)
                + ". Nothing is opened or extended; I revert access that ends meanwhile once git answers."
                + " Check git's status and the service's credentials; /readyz and the log have git's answer.";
        alarms.raise(new ChannelAlarm(AlarmKind.LEDGER_UNREADABLE, "", text), Map.of("since", since.toString()));
    }

    private void ended(Duration after) {
        LOG.atInfo().addKeyValue("after", after).log("ledger.readable");
        alarms.resolve(
                AlarmKind.LEDGER_UNREADABLE,
                "The ledger can be read again, after " + after.toSeconds()
                        + " seconds. Access that ended meanwhile is reverted now.");
    }
}
