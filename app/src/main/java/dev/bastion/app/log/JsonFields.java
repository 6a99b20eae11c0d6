package dev.bastion.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The message and the fields of an event in a JSON line, each field as a member of the line. */
public final class JsonFields extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        generator.writeStringField("message", EventFields.bounded(event.getFormattedMessage()));
        for (Map.Entry<String, Object> field : EventFields.of(event).entrySet()) {
            switch (field.getValue()) {
                case Boolean truth -> generator.writeBooleanField(field.getKey(), truth);
                case Number number -> generator.writeObjectField(field.getKey(), number);
                case Object other -> generator.writeStringField(field.getKey(), other.toString());
            }
        }
    }
}
