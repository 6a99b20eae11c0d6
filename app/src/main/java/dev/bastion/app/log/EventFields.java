package dev.bastion.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.bastion.access.telemetry.WorkContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.event.KeyValuePair;

/**
 * The fields of a log event: its own, then those of the {@link WorkContext} that it has not set itself. It must be asked on
 * the thread that logs. A value is a number, a truth value or a text of at most {@link #LONGEST} characters.
 */
final class EventFields {
    /** The longest text of a field or a message. */
    static final int LONGEST = 4_000;

    /** The fields that every JSON line has besides; an event's own field of such a name gets {@code field_} before it. */
    private static final Set<String> TAKEN = Set.of(
            "@timestamp", "@version", "message", "logger_name", "thread_name", "level", "level_value", "stack_trace");

    private EventFields() {}

    static Map<String, Object> of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<KeyValuePair> own = event.getKeyValuePairs();
        if (own != null) {
            own.forEach(pair -> fields.put(name(pair.key), value(pair.value)));
        }
        WorkContext.current().fields().forEach((key, value) -> fields.putIfAbsent(name(key), value(value)));
        return fields;
    }

    private static String name(String key) {
        return TAKEN.contains(key) ? "field_" + key : key;
    }

    private static Object value(Object given) {
        return given instanceof Number || given instanceof Boolean ? given : bounded(Objects.toString(given));
    }

    /** The text, cut where it is too long. */
    static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
