package dev.bastion.app.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.app.world.Replicas;
import dev.bastion.app.world.ServiceWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that share a PostgreSQL: each grant is reverted once, and each message is posted once, whichever replica dies. */
class ReplicasStoryTest {
    @TempDir
    private Path folder = Path.of("");

    private final ServiceWorld world = new ServiceWorld();
    private Replicas replicas;

    @BeforeAll
    static void setTimeout() {
        Awaitility.setDefaultPollInterval(Duration.ofMillis(200));
    }

    @BeforeEach
    void start() {
        replicas = new Replicas(world, folder);
    }

    @AfterEach
    void stop() {
        replicas.close();
        world.close();
    }

    private String started(String... names) {
        Stream.of(names).forEach(replicas::start);
        await("replicas ready").until(replicas::areReady);
        return awaitLeader();
    }

    private String awaitLeader() {
        return await("one leader").until(replicas::leader, Optional::isPresent).orElseThrow();
    }

    private void open(String length, int before) {
        world.as("john.doe").command("/bastion", "create dev " + length + " INC-12");
        await("grant " + (before + 1)).until(() -> world.ledger().count("open") == before + 1);
    }

    private void awaitGone(int grants) {
        await("gone " + grants)
                .untilAsserted(() -> assertThat(world.channel())
                        .hasSize(grants)
                        .allSatisfy(
                                message -> assertThat(message.metadata("stage")).contains("gone")));
    }

    /** The names of what was posted once: the request and the key in the metadata of each message. */
    private List<String> postedOnce() {
        return Stream.concat(world.slack().dms("john.doe").stream(), world.channel().stream())
                .map(message -> message.metadata("request_id").orElseThrow() + " "
                        + message.metadata("whisper").orElse("live message"))
                .toList();
    }

    private void assertOnce(int grants) {
        assertThat(world.ledger().count("open")).isEqualTo(grants);
        assertThat(world.ledger().count("expire")).isEqualTo(grants);
        assertThat(world.ledger().isOpen("dev")).isFalse();
        assertThat(postedOnce()).doesNotHaveDuplicates();
        assertThat(postedOnce())
                .as("the last private message of each grant")
                .filteredOn(name -> name.endsWith(" end"))
                .hasSize(grants);
    }

    @Test
    void whoeverIsKilledEachGrantEndsOnceAndEachMessageIsPostedOnce() {
        started("a", "b", "c");
        for (int round = 0; round < 3; round++) {
            String leader = awaitLeader();
            open("10s", round);
            replicas.kill(leader);
            if (round == 1) {
                replicas.postgres().startAgain();
            }
            int grants = round + 1;
            await("reversion").until(() -> world.ledger().count("expire") == grants);
            awaitGone(grants);
            replicas.start(leader);
            await("replicas ready").until(replicas::areReady);
        }
        awaitLeader();
        assertOnce(3);
    }

    @Test
    void aReplicaThatIsCutOffLosesAndDoublesNothing() {
        String leader = started("a", "b", "c");
        open("20s", 0);
        replicas.cutOff(leader);
        await("another leader").until(() -> replicas.leaders().stream().anyMatch(name -> !name.equals(leader)));
        await("reversion").until(() -> world.ledger().count("expire") == 1);
        awaitGone(1);
        open("10s", 1);
        replicas.mend(leader);
        awaitGone(2);
        await("replicas ready").until(replicas::areReady);
        awaitLeader();
        assertOnce(2);
    }

    @Test
    void whileTheDatabaseIsAwayCommandsAndEndsGoOnAndEveryReplicaWorks() {
        started("a", "b");
        replicas.postgres().stop();
        open("8s", 0);
        await("reversion").until(() -> world.ledger().count("expire") == 1);
        await("both work alone").until(() -> replicas.leaders().isEmpty());
        awaitGone(1);
        replicas.postgres().startAgain();
        awaitLeader();
        open("8s", 1);
        awaitGone(2);
        assertOnce(2);
    }

    @Test
    void aDeploymentHandsOverWithoutAGap() {
        String leader = started("a", "b");
        open("12s", 0);
        replicas.stop(leader);
        String next = awaitLeader();
        assertThat(next).isNotEqualTo(leader);
        awaitGone(1);
        assertOnce(1);
    }
}
