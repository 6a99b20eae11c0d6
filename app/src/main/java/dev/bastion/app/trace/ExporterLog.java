package dev.bastion.app.trace;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What OpenTelemetry says of itself, like an export that failed, as log events: it logs through the JDK, past our form. */
final class ExporterLog extends Handler {
    /** The JDK forgets a logger that nobody holds. */
    private static final java.util.logging.Logger SOURCE = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final Logger log = LoggerFactory.getLogger(ExporterLog.class);

    private ExporterLog() {}

    static void attach() {
        if (SOURCE.getHandlers().length == 0) {
            SOURCE.setUseParentHandlers(false);
            SOURCE.addHandler(new ExporterLog());
        }
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            log.atWarn()
                    .addKeyValue("reason", record.getMessage())
                    .setCause(record.getThrown())
                    .log("trace.export.failed");
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
