package dev.bastion.app;

import dev.bastion.access.port.AlarmKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The record of alarms: a log event of level ERROR, and the counter {@code bastion.alarms} with the kind as its tag {@code
 * alarm}. Every kind is counted from zero, so that the first alarm is an increase.
 */
final class AlarmRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmRecorder.class);

    private final Map<AlarmKind, Counter> counters = new EnumMap<>(AlarmKind.class);
    private final Consumer<String> channel;

    /** @param channel posts a text to the channel; must not block */
    AlarmRecorder(MeterRegistry metrics, Consumer<String> channel) {
        this.channel = channel;
        for (AlarmKind kind : AlarmKind.values()) {
            counters.put(kind, metrics.counter("bastion.alarms", "alarm", kind.tag()));
        }
    }

    /** Records an alarm that people learn of in a message of its own. */
    void record(AlarmKind kind, Map<String, String> fields) {
        Counter counter = counters.get(kind);
        if (counter != null) {
            counter.increment();
        }
        LoggingEventBuilder line = LOG.atError().addKeyValue("alarm", kind.tag());
        for (Map.Entry<String, String> field : fields.entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.log(kind.event());
    }

    /** Records an alarm and posts it to the channel. */
    void raise(AlarmKind kind, Map<String, String> fields, String text) {
        record(kind, fields);
        channel.accept(text);
    }

    /** Posts the end of an alarm. */
    void tell(String text) {
        channel.accept(text);
    }
}
