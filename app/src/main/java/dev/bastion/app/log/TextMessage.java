package dev.bastion.app.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The message of an event in a line of text: the event's constant name, or what a library says, on one line. */
public final class TextMessage extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return OneLine.of(EventFields.bounded(event.getFormattedMessage()));
    }
}
