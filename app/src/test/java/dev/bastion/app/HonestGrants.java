package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.Outcome;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.app.hostile.HostileLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two honest grants in a ledger, one that was open before a hostile commit and one that is requested after: both end at
 * their time, and leave their files byte for byte as they were.
 */
final class HonestGrants {
    /** There are no timers here: the pass looks for what has ended every five seconds. */
    private static final Duration LATE = Duration.ofSeconds(6);

    private HonestGrants() {}

    /** @param settings of the service, beside the usual ones */
    static void endInTimeBeside(HostileLedger hostile, Path folder, Map<String, String> settings) {
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

    /** The grant of an environment that John has asked for. */
    static Grant opened(ReconcileWorld world, String environment) {
        assertThat(world.ask(environment, "10m")).isInstanceOf(Outcome.Done.class);
        world.passFor(Duration.ofSeconds(2));
        return world.grant(environment).orElseThrow();
    }

    static void endsInTime(ReconcileWorld world, Grant grant, String file) {
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
