package dev.bastion.sandbox.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;

/** A Jackson module that writes instants as milliseconds since the epoch, as JavaScript counts. */
final class EpochMillisModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    EpochMillisModule() {
        addSerializer(new Milliseconds());
    }

    private static final class Milliseconds extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        Milliseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant moment, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeNumber(moment.toEpochMilli());
        }
    }
}
