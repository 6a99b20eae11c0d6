package dev.bastion.scheduler.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.sandbox.replica.SeverableProxy;
import dev.bastion.sandbox.replica.SharedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas on a PostgreSQL that goes away, comes back, and forgets. */
class SharedDatabaseTest {
    @TempDir
    private Path folder = Path.of("");

    private SharedPostgres postgres;
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(3);
    private final List<SharedDatabase> replicas = new ArrayList<>();
    private final InstantSource clock = InstantSource.system();

    @BeforeAll
    static void setTimeout() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
        Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
    }

    @BeforeEach
    void start() {
        postgres = SharedPostgres.start(folder.resolve("postgres"));
    }

    @AfterEach
    void stop() {
        looks.shutdownNow();
        replicas.forEach(SharedDatabase::close);
        postgres.close();
    }

    private static DatabaseSettings at(int port) {
        return new DatabaseSettings("127.0.0.1", port, "postgres", SharedPostgres.USER, () -> "", false, "");
    }

    private SharedDatabase replica(String name) {
        return replica(name, at(postgres.port()));
    }

    private SharedDatabase replica(String name, DatabaseSettings settings) {
        SharedDatabase replica = new SharedDatabase(settings, name, clock);
        replicas.add(replica);
        var _ = looks.scheduleWithFixedDelay(replica::look, 0, 200, TimeUnit.MILLISECONDS);
        return replica;
    }

    private SharedDatabase awaitLeader() {
        await("a leader").until(() -> leaders().size() == 1);
        return leaders().getFirst();
    }

    private List<SharedDatabase> leaders() {
        return replicas.stream().filter(SharedDatabase::leads).toList();
    }

    @Test
    void ofThreeReplicasOneLeadsUntilItStops() {
        List.of("a", "b", "c").forEach(this::replica);
        SharedDatabase first = awaitLeader();
        first.close();
        assertThat(first.leads()).isFalse();
        SharedDatabase second = awaitLeader();
        assertThat(second).isNotSameAs(first);
        second.resign();
        assertThat(awaitLeader()).isNotSameAs(first).isNotSameAs(second);
    }

    @Test
    void aReplicaThatIsCutOffStopsLeadingBeforeAnotherOneBegins() {
        try (SeverableProxy way = new SeverableProxy(postgres.port())) {
            SharedDatabase cutOff = replica("cut off", at(way.port()));
            await().until(cutOff::leads);
            SharedDatabase other = replica("other");
            await().until(() -> other.state().isUp());
            assertThat(other.leads()).isFalse();
            way.sever();
            await().until(() -> !cutOff.leads());
            assertThat(cutOff.state().isUp()).isFalse();
            await().until(other::leads);
            way.mend();
            await().until(() -> cutOff.state().isUp());
            await("its own job ends, which frees the job for a second replica")
                    .during(Duration.ofSeconds(5))
                    .until(() -> !cutOff.leads());
            await().until(() -> leaders().equals(List.of(other)));
            other.resign();
            assertThat(awaitLeader()).isSameAs(cutOff);
        }
    }

    @Test
    void aRestartOfTheDatabaseLeavesOneLeader() {
        List.of("a", "b").forEach(this::replica);
        awaitLeader();
        postgres.stop();
        await().until(() -> replicas.stream().noneMatch(each -> each.state().isUp()));
        postgres.startAgain();
        await().until(() -> replicas.stream().allMatch(each -> each.state().isUp()));
        awaitLeader();
    }

    @Test
    void aDatabaseThatIsEmptiedHasItsTablesAgain() {
        replica("a");
        SharedDatabase leader = awaitLeader();
        postgres.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await().until(() -> !leader.state().isUp() || !leader.leads());
        await().until(() -> leader.state().isUp() && leader.leads());
        assertThat(leader.claims().claim("R1", "gone", Duration.ZERO)).isTrue();
    }

    @Test
    void withoutADatabaseForLongEachReplicaDoesAllWork() {
        Instant start = clock.instant();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        postgres.stop();
        SharedDatabase alone = new SharedDatabase(at(postgres.port()), "a", now::get);
        replicas.add(alone);
        alone.look();
        assertThat(alone.state().problem()).isNotEmpty();
        now.set(start.plus(SharedDatabase.ALONE_AFTER).minusMillis(1));
        assertThat(alone.leads()).isFalse();
        now.set(start.plus(SharedDatabase.ALONE_AFTER));
        assertThat(alone.leads()).isTrue();
        alone.resign();
        assertThat(alone.leads()).as("after it was told to stop").isFalse();
        assertThat(alone.claims().claim("R1", "gone", Duration.ZERO))
                .as("a claim without a database")
                .isTrue();
    }

    @Test
    void aMessageHasOneClaimUntilItIsConfirmedOrGivenBack() {
        SharedDatabase a = replica("a");
        SharedDatabase b = replica("b");
        await().until(() -> a.state().isUp() && b.state().isUp());
        assertThat(a.claims().claim("R1", "gone", Duration.ZERO)).isTrue();
        assertThat(a.claims().claim("R1", "gone", Duration.ZERO)).as("its own").isTrue();
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO)).isFalse();
        assertThat(b.claims().claim("R1", "ready", Duration.ZERO)).as("another").isTrue();
        assertThat(b.claims().claim("R2", "gone", Duration.ZERO)).as("another").isTrue();
        b.claims().confirm("R1", "gone");
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO))
                .as("nobody confirms or gives back the claim of another")
                .isFalse();
        b.claims().release("R1", "gone");
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO)).isFalse();
        a.claims().confirm("R1", "gone");
        assertThat(b.claims().claim("R1", "gone", Duration.ofMinutes(10)))
                .as("within its rest")
                .isFalse();
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO)).isTrue();
        b.claims().release("R1", "gone");
        assertThat(a.claims().claim("R1", "gone", Duration.ofMinutes(10))).isTrue();
        a.close();
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO))
                .as("after its replica stopped")
                .isTrue();
    }

    @Test
    void aClaimOfADeadReplicaCanBeTakenOver() {
        SharedDatabase a = replica("a");
        SharedDatabase b = replica("b");
        await().until(() -> a.state().isUp() && b.state().isUp());
        a.claims().claim("R1", "gone", Duration.ZERO);
        long bound = MessageClaimTable.BOUND.toSeconds();
        postgres.run("UPDATE bastion_message_claims SET claimed_at = now() - interval '" + (bound - 5) + " s'");
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO)).isFalse();
        postgres.run("UPDATE bastion_message_claims SET claimed_at = now() - interval '" + bound + " s'");
        assertThat(b.claims().claim("R1", "gone", Duration.ZERO)).isTrue();
        assertThat(a.claims().claim("R1", "gone", Duration.ZERO)).isFalse();
    }

    @Test
    void aReplicaHearsWhatAnotherOneTellsAndNotItself() {
        Map<String, String> heard = new ConcurrentHashMap<>();
        SharedDatabase a = replica("a");
        SharedDatabase b = replica("b");
        AtomicReference<String> head = new AtomicReference<>("1");
        a.listen("ledger", content -> heard.put("a", content));
        b.listen("ledger", content -> heard.put("b", content));
        a.tell("ledger", head::get);
        await().untilAsserted(() -> assertThat(heard).containsEntry("b", "1"));
        head.set("2");
        await().untilAsserted(() -> assertThat(heard).containsEntry("b", "2"));
        assertThat(heard).doesNotContainKey("a");
    }

    @Test
    void theProbeSaysWhatIsWrong() {
        assertThat(DatabaseProbe.ask(at(postgres.port()))).isInstanceOf(DatabaseProbe.Answer.Usable.class);
        postgres.run("CREATE ROLE reader LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        DatabaseSettings reader =
                new DatabaseSettings("127.0.0.1", postgres.port(), "postgres", "reader", () -> "", false, "");
        assertThat(DatabaseProbe.ask(reader)).isInstanceOf(DatabaseProbe.Answer.NoTables.class);
        postgres.stop();
        assertThat(DatabaseProbe.ask(at(postgres.port())))
                .isInstanceOfSatisfying(
                        DatabaseProbe.Answer.Unreachable.class,
                        answer -> assertThat(answer.why()).contains("refused"));
    }
}
