package dev.bastion.ledger;

import static dev.bastion.ledger.Samples.closedFile;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static dev.bastion.ledger.Samples.pathOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many grants that start and end at the same time. */
class ManyAtOnceTest {
    private static final int ENVIRONMENTS = 1_000;

    @TempDir
    private Path directory;

    private LedgerWorld world;

    @BeforeEach
    void start() {
        world = new LedgerWorld(directory);
    }

    private void commitEnvironments(List<EnvironmentName> environments) {
        Map<String, String> files = new HashMap<>();
        environments.forEach(name -> files.put(pathOf(name), closedFile(name.resourceName())));
        world.remote.commit("Many", files);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static List<EnvironmentName> environments() {
        return IntStream.range(0, ENVIRONMENTS)
                .mapToObj(i -> new EnvironmentName("team-%02d/env-%02d".formatted(i / 40, i % 40)))
                .toList();
    }

    @Test
    void aThousandExpiriesTakeFewPushesAndRestoreEveryFile() throws Exception {
        commitEnvironments(environments());
        Map<EnvironmentName, String> before = new HashMap<>();
        environments().forEach(name -> before.put(name, world.remote.blobOf(pathOf(name))));
        GitGrantLedger ledger = world.overHttp("clone");
        List<Grant> grants = recordAll(
                List.of(ledger),
                environments().stream()
                        .<LedgerChange>map(name -> open(name, name.value()))
                        .toList());
        int commits = world.remote.log().size();
        int pushes = world.http.pushes.get();
        recordAll(
                List.of(ledger),
                grants.stream().<LedgerChange>map(Samples::expire).toList());
        assertThat(world.http.pushes.get() - pushes).isLessThan(30);
        assertThat(world.remote.log()).hasSize(commits + ENVIRONMENTS);
        assertThat(environments())
                .allSatisfy(
                        name -> assertThat(world.remote.blobOf(pathOf(name))).isEqualTo(before.get(name)));
        assertThat(ledger.read().openGrants()).isEmpty();
    }

    @Test
    void twoConcurrentWritersLoseNothing() throws Exception {
        List<EnvironmentName> subset = environments().subList(0, 60);
        commitEnvironments(subset);
        List<GitGrantLedger> both = List.of(world.overHttp("one"), world.overHttp("two"));
        int commits = world.remote.log().size();
        List<Grant> grants = recordAll(
                both,
                subset.stream()
                        .<LedgerChange>map(name -> open(name, name.value()))
                        .toList());
        assertThat(world.remote.log()).hasSize(commits + subset.size());
        List<LedgerChange> closing = new ArrayList<>();
        grants.forEach(grant -> closing.addAll(List.of(expire(grant), expire(grant))));
        recordAll(both, closing);
        assertThat(world.remote.log()).hasSize(commits + 2 * subset.size());
        assertThat(both)
                .allSatisfy(ledger -> assertThat(ledger.read().openGrants()).isEmpty());
    }

    /** Records all changes concurrently, spread over the ledgers. */
    private static List<Grant> recordAll(List<GitGrantLedger> ledgers, List<LedgerChange> changes) throws Exception {
        List<Future<RecordResult>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < changes.size(); i++) {
                GitGrantLedger ledger = ledgers.get(i % ledgers.size());
                LedgerChange change = changes.get(i);
                results.add(executor.submit(() -> ledger.record(change)));
            }
        }
        List<Grant> grants = new ArrayList<>();
        for (Future<RecordResult> result : results) {
            assertThat(result.get()).isInstanceOf(RecordResult.Recorded.class);
            grants.add(((RecordResult.Recorded) result.get()).grant());
        }
        return grants;
    }
}
