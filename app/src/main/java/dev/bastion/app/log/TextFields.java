package dev.bastion.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Collectors;

/** The fields of an event in a line of text: {@code environment="dev" request="…"}, on one line whatever the values are. */
public final class TextFields extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return EventFields.of(event).entrySet().stream()
                .map(field ->
                        OneLine.of(field.getKey()) + "=\"" + OneLine.quoted(String.valueOf(field.getValue())) + '"')
                .collect(Collectors.joining(" "));
    }
}
