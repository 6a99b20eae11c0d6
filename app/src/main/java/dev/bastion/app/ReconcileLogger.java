package dev.bastion.app;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ReconcileLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The reconcile pass's failures as log events with fields, and as a metric by event. */
public final class ReconcileLogger implements ReconcileLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLogger.class);

    private static final String FAILURES = "bastion.reconcile.failures";

    private final MeterRegistry metrics;
    private final AlarmRecorder alarms;

    public ReconcileLogger(MeterRegistry metrics, AlarmRecorder alarms) {
        this.metrics = metrics;
        this.alarms = alarms;
        // from zero, so that the first failure is an increase
        List.of("snapshot.read.failed", "grant.expire.failed", "reconcile.step.failed")
                .forEach(event -> metrics.counter(FAILURES, "event", event));
    }

    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {
        metrics.counter(FAILURES, "event", event).increment();
        with(
                        with(LOG.atError(), fields),
                        failure instanceof CallFailed call ? call.fault().fields() : Map.of())
                .setCause(failure)
                .log(event);
    }

    @Override
    public void alarm(AlarmKind kind, Map<String, String> fields) {
        alarms.record(kind, fields);
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, Map<String, String> fields) {
        LoggingEventBuilder more = line;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            more = more.addKeyValue(field.getKey(), field.getValue());
        }
        return more;
    }

    @Override
    public void foundPastEnd(Grant grant) {
        LOG.atWarn()
                .addKeyValue("environment", grant.environment())
                .addKeyValue("request", grant.request())
                .log("grant.found_past_end");
    }
}
