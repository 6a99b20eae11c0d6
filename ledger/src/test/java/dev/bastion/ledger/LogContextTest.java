package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.telemetry.WorkContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the thread that writes for all callers says it works on. */
class LogContextTest {
    @TempDir
    private Path directory;

    @Test
    void theLinesOfAWriteNameTheRequestsAndEnvironmentsOfItsChanges() {
        Map<String, Map<String, String>> fields = new ConcurrentHashMap<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                fields.put(event.getMessage(), WorkContext.current().fields());
            }
        };
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.bastion.ledger.write");
        logger.addAppender(appender);
        logger.setLevel(Level.WARN);
        LedgerWorld world = new LedgerWorld(directory);
        try (GitGrantLedger ledger = world.overHttp("clone")) {
            world.http.stopResponding();
            LedgerChange.Open change = open(DEV, "one");
            assertThatThrownBy(() -> ledger.record(change)).isInstanceOf(CallFailed.class);
            assertThat(fields).containsKeys("ledger.attempt-failed", "ledger.not-written");
            assertThat(fields.values())
                    .allMatch(each -> change.request().id().value().equals(each.get("request"))
                            && "dev".equals(each.get("environment")));
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(null);
            world.close();
        }
    }
}
