package dev.bastion.app;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.LedgerAlarms;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger alarms as a log event, a metric to alert on, and a channel message. */
final class LedgerAlarmNotifier implements LedgerAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerAlarmNotifier.class);

    /** The problems that a message in Slack has room for. */
    private static final int MOST_SHOWN = 10;

    private final MeterRegistry metrics;
    private final Consumer<String> channel;

    LedgerAlarmNotifier(MeterRegistry metrics, Consumer<String> channel) {
        this.metrics = metrics;
        this.channel = channel;
    }

    @Override
    public void historyRewritten(CommitId lastSeen, CommitId now) {
        metrics.counter("bastion.alarms", "alarm", "history_rewritten").increment();
        LOG.atError().addKeyValue("last_seen", lastSeen).addKeyValue("now", now).log("ledger.history_rewritten");
        channel.accept("The history of the ledger was rewritten: commit " + lastSeen.brief()
                + " is no longer part of the branch, whose head is now " + now.brief()
                + ". The audit trail may have lost entries; find out who pushed (docs/runbook.md).");
    }

    @Override
    public void policyBroken(CommitId commit, List<String> problems) {
        metrics.counter("bastion.alarms", "alarm", "policy_broken").increment();
        LOG.atError()
                .addKeyValue("commit", commit)
                .addKeyValue("problems", problems)
                .log("policy.broken");
        channel.accept("The access policy in commit " + commit.brief()
                + " is invalid. The last valid policy stays in force; fix these problems:\n"
                + problems.stream().limit(MOST_SHOWN).collect(Collectors.joining("\n"))
                + (problems.size() > MOST_SHOWN ? "\n… the log has the rest." : ""));
    }

    @Override
    public void signingFailed(String problem) {
        metrics.counter("bastion.alarms", "alarm", "signing_failed").increment();
        LOG.atError().addKeyValue("problem", problem).log("ledger.unsigned");
        channel.accept("The service cannot sign its commits: " + problem
                + ". Access still ends on time, with unsigned commits; requests and extensions are refused until the key"
                + " works again (docs/runbook.md).");
    }
}
