package dev.bastion.app.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.stream.Collectors;

/**
 * The stack trace of an event in a log of text, at most {@link #MOST_LINES} lines. Every line is indented: a message with line
 * breaks, which another system may have written, cannot look like an event.
 */
public final class TextStackTrace extends ThrowableProxyConverter {
    private static final int MOST_LINES = 300;

    @Override
    public String convert(ILoggingEvent event) {
        return super.convert(event)
                .lines()
                .limit(MOST_LINES)
                .map(line -> "\t" + OneLine.of(EventFields.bounded(line.strip())) + "\n")
                .collect(Collectors.joining());
    }
}
