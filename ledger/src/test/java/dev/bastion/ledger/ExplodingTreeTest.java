package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.PROD;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.LayoutMonitor;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A merged directory of few objects that has more entries than can be read. */
@Timeout(value = 100, unit = TimeUnit.SECONDS)
class ExplodingTreeTest {
    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "environments/zzz, true",
        "environments/zzz, false",
        "environments/prod/orders/zzz, true",
        "zzz, true",
    })
    void grantsEndBesideItAndItIsAnAlarm(String path, boolean hasFiles) {
        try (GitGrantLedger running = world.overHttp("running")) {
            Grant dev = ((RecordResult.Recorded) running.record(open(DEV, "one"))).grant();
            Grant prod = ((RecordResult.Recorded) running.record(open(PROD, "two"))).grant();
            LayoutMonitor layout = running.layout(() -> NOON);
            assertThat(layout.look()).isEmpty();
            world.remote.commitExplosion(path, hasFiles);
            assertThat(running.read().openGrants()).hasSize(2);
            assertThat(running.record(Samples.expire(dev))).isInstanceOf(RecordResult.Recorded.class);
            try (GitGrantLedger restarted = world.overHttp("restarted")) {
                assertThat(restarted.read().openGrants())
                        .extracting(Grant::request)
                        .containsExactly(prod.request());
                assertThat(restarted.record(Samples.expire(prod))).isInstanceOf(RecordResult.Recorded.class);
            }
            assertThat(world.remote.file(pathOf(PROD))).isEqualTo(Samples.closedFile("prod-orders"));
            running.read();
            assertThat(layout.look())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.problem()).contains("more files than the service reads"));
        }
    }
}
