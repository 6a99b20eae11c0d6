package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.Grant;
import dev.bastion.app.hostile.HostileLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of hostile ledgers. Beside each, a grant that was open before and one that is requested after end at their time
 * and leave their files byte for byte as they were; the other environments are as they would be without it; and people are
 * told what they must know, once.
 */
class HostileLedgerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#lookalikes")
    void besideLookalikes(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#unreadable")
    void besideUnreadable(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#typesAndSizes")
    void besideTypesAndSizes(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    /** Two hundred bombs take a minute of processor time, which a busy machine has in some minutes. */
    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#trees")
    void besideTrees(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#configuration")
    void besideConfiguration(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#commits")
    void besideCommits(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#messages")
    void besideMessages(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#historiesAndRefs")
    void besideHistoriesAndRefs(HostileLedger hostile) {
        honestGrantsEndInTime(hostile);
    }

    /** No edit of its file can end it, so its bastion is terminated; a grant beside it ends as ever. */
    @ParameterizedTest
    @MethodSource("dev.bastion.app.hostile.HostileLedgers#takenAway")
    void aGrantWhoseFileIsTakenAwayEndsByTermination(HostileLedger hostile) {
        try (ReconcileWorld world = new ReconcileWorld(folder.resolve("world"))) {
            String staging = world.remote.file("staging");
            Grant grant = HonestGrants.opened(world, "dev");
            Grant beside = HonestGrants.opened(world, "staging");
            world.online(grant);
            hostile.attack().accept(world.writer());
            world.passFor(Duration.ofSeconds(20));
            assertThat(world.shown.alarms()).isEqualTo(hostile.alarms());
            if (!hostile.states().containsKey("staging")) {
                HonestGrants.endsInTime(world, beside, staging);
            }
            assertThat(world.bastions).hasSize(1);
            world.skipTo(beside.expiresAt());
            world.passFor(Duration.ofSeconds(70));
            assertThat(world.bastions).isEmpty();
            assertThat(world.shown.alarms()).contains("unreadable at its end dev");
        }
    }

    private void honestGrantsEndInTime(HostileLedger hostile) {
        HonestGrants.endInTimeBeside(hostile, folder, Map.of());
    }
}
