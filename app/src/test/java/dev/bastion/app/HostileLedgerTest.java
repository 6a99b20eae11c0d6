package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.app.hostile.HostileLedger;
import dev.bastion.sandbox.world.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of hostile ledgers. Beside each, a grant that was open before and one that is requested after end at their time
 * and leave their files byte for byte as they were; the other environments are as they would be without it; and people are
 * told what they must know, once.
 */
class HostileLedgerTest {
    /** There are no timers here: the pass looks for what has ended every five seconds. */
    private static final Duration LATE = Duration.ofSeconds(6);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#lookalikes")
    void besideLookalikes(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#unreadable")
    void besideUnreadable(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#typesAndSizes")
    void besideTypesAndSizes(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#trees")
    void besideTrees(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#configuration")
    void besideConfiguration(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#commits")
    void besideCommits(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#messages")
    void besideMessages(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#historiesAndRefs")
    void besideHistoriesAndRefs(HostileLedger hostile) {
        honestGrantsEndInTime(hostile, Map.of());
    }

    /** Where entries are signed, the same commits move nothing and hide nothing. */
    @ParameterizedTest
    @MethodSource({
        "dev.bastion.app.hostile.HostileLedgers#messages",
        "dev.bastion.app.hostile.HostileLedgers#commits",
        "dev.bastion.app.hostile.HostileLedgers#historiesAndRefs"
    })
    void besideCommitsInASignedLedger(HostileLedger hostile) {
        honestGrantsEndInTime(
                hostile,
                Map.of(
                        "BASTION_SIGNING_KEY_FILE",
                        SigningKey.in(folder.resolve("key")).file().toString()));
    }

    /** No edit of its file can end it, so its bastion is terminated; a grant beside it ends as ever. */
    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#takenAway")
    void aGrantWhoseFileIsTakenAwayEndsByTermination(HostileLedger hostile) {
        try (ReconcileWorld world = new ReconcileWorld(folder.resolve("world"))) {
            String staging = world.remote.file("staging");
            Grant grant = opened(world, "dev");
            Grant beside = opened(world, "staging");
            world.online(grant);
            hostile.attack().accept(world.writer());
            world.passFor(Duration.ofSeconds(20));
            assertThat(world.shown.alarms()).isEqualTo(hostile.alarms());
            if (!hostile.states().containsKey("staging")) {
                endsInTime(world, beside, staging);
            }
            assertThat(world.bastions).hasSize(1);
            world.skipTo(beside.expiresAt());
            world.passFor(Duration.ofSeconds(70));
            assertThat(world.bastions).isEmpty();
            assertThat(world.shown.alarms()).contains("unreadable at its end dev");
        }
    }

    private void honestGrantsEndInTime(HostileLedger hostile, Map<String, String> settings) {
        try (ReconcileWorld world = new ReconcileWorld(folder.resolve("world"), settings)) {
            String dev = world.remote.file("dev");
            String staging = world.remote.file("staging");
            Grant before = opened(world, "dev");
            hostile.attack().accept(world.writer());
            world.passFor(Duration.ofSeconds(20));
            Grant after = opened(world, "staging");
            assertThat(world.grant("dev")).map(Grant::expiresAt).contains(before.expiresAt());
            assertThat(states(world.ledger())).isEqualTo(expected(hostile));
            assertThat(states(world.readAtAStart(folder.resolve("start")))).isEqualTo(expected(hostile));
            endsInTime(world, before, dev);
            endsInTime(world, after, staging);
            assertThat(expiriesOf(world, "dev")).isEqualTo(1);
            assertThat(expiriesOf(world, "staging")).isEqualTo(1);
            assertThat(alarms(world)).isEqualTo(hostile.alarms());
            assertThat((int) world.logged("environment_unreadable")).isEqualTo((int) hostile.alarms().stream()
                    .filter(alarm -> alarm.startsWith("unreadable"))
                    .count());
        }
    }

    private static Grant opened(ReconcileWorld world, String environment) {
        assertThat(world.ask(environment, "10m")).isInstanceOf(Outcome.Done.class);
        world.passFor(Duration.ofSeconds(2));
        return world.grant(environment).orElseThrow();
    }

    private static void endsInTime(ReconcileWorld world, Grant grant, String file) {
        String environment = grant.environment().value();
        world.skipTo(grant.expiresAt().minusSeconds(1));
        world.passFor(Duration.ofSeconds(1));
        assertThat(world.remote.isOpen(environment)).isTrue();
        world.passFor(LATE);
        assertThat(world.remote.file(environment)).isEqualTo(file);
    }

    /** The entries of the service itself; anybody can write a message like it. */
    private static long expiriesOf(ReconcileWorld world, String environment) {
        return world.remote.commits().stream()
                .filter(commit -> commit.getFullMessage()
                        .contains("\nBastion-Action: expire\nBastion-Environment: " + environment + "\n"))
                .filter(commit -> commit.getCommitterIdent().getEmailAddress().equals(ReconcileWorld.COMMITTER))
                .count();
    }

    private static List<String> alarms(ReconcileWorld world) {
        List<String> alarms = new ArrayList<>(world.ledgerAlarms);
        alarms.addAll(world.shown.alarms());
        return alarms.stream().sorted().toList();
    }

    /** While the honest grants are open. */
    private static Map<String, String> expected(HostileLedger hostile) {
        Map<String, String> states = new TreeMap<>(Map.of("dev", "open", "staging", "open", "prod", "closed"));
        states.putAll(hostile.states());
        states.values().removeIf("none"::equals);
        return states;
    }

    private static Map<String, String> states(LedgerSnapshot ledger) {
        Map<String, String> states = new TreeMap<>();
        ledger.states()
                .forEach((environment, state) -> states.put(
                        environment.value(),
                        switch (state) {
                            case EnvironmentState.Closed _ -> "closed";
                            case EnvironmentState.Open _ -> "open";
                            case EnvironmentState.Unclear _ -> "unclear";
                        }));
        return states;
    }
}
