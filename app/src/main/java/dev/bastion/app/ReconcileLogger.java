package dev.bastion.app;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.FaultKind;
import dev.bastion.access.port.ReconcileLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The reconcile pass's failures as log events with fields, and as a metric by event. */
final class ReconcileLogger implements ReconcileLog {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLogger.class);

    private final MeterRegistry metrics;

    ReconcileLogger(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {
        metrics.counter("bastion.reconcile.failures", "event", event).increment();
        LoggingEventBuilder line = LOG.atError().addKeyValue("kind", FaultKind.of(failure));
        for (Map.Entry<String, String> field : fields.entrySet()) {
            line = line.addKeyValue(field.getKey(), field.getValue());
        }
        line.setCause(failure).log(event);
    }

    @Override
    public void foundPastEnd(Grant grant) {
        LOG.atWarn()
                .addKeyValue("environment", grant.environment())
                .addKeyValue("request", grant.request())
                .log("grant.found_past_end");
    }
}
