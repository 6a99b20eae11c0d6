package dev.bastion.app;

import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.AlarmChannel;
import dev.bastion.slack.notify.ChannelAlarm;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The record of alarms: the counter {@code bastion.alarms} with the kind as its tag {@code alarm}, and a log event of level
 * ERROR. Every kind is counted from zero, so that the first alarm is an increase. Metric, log and channel do not wait for one
 * another: one that fails keeps none of the others from people.
 */
public final class AlarmRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmRecorder.class);

    private final Map<AlarmKind, Counter> counters = new EnumMap<>(AlarmKind.class);
    private final AlarmChannel channel;

    public AlarmRecorder(MeterRegistry metrics, AlarmChannel channel) {
        this.channel = channel;
        for (AlarmKind kind : AlarmKind.values()) {
            counters.put(kind, metrics.counter("bastion.alarms", "alarm", kind.tag()));
        }
    }

    /** Records an alarm that people learn of in a message of its own. */
    public void record(AlarmKind kind, Map<String, String> fields) {
        try {
            Counter counter = counters.get(kind);
            if (counter != null) {
                counter.increment();
            }
        } finally {
            log(kind, fields);
        }
    }

    private static void log(AlarmKind kind, Map<String, String> fields) {
        LoggingEventBuilder line = LOG.atError().addKeyValue("alarm", kind.tag());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(kind.event());
    }

    /** Records an alarm and posts it to the channel. */
    public void raise(ChannelAlarm alarm, Map<String, String> fields) {
        try {
            record(alarm.kind(), fields);
        } finally {
            channel.raise(alarm);
        }
    }

    /** Shows in the channel which alarms of the kind are over: all but those of these causes. */
    public void resolveOthers(AlarmKind kind, Set<String> causes) {
        channel.resolveOthers(kind, causes);
    }

    /** Shows in the channel that the alarms of the kind are over, and posts the news of it. */
    public void resolve(AlarmKind kind, String news) {
        channel.resolveOthers(kind, Set.of());
        channel.tell(news);
    }
}
