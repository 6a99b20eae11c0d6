package dev.bastion.app;

import dev.bastion.app.hostile.HostileLedger;
import dev.bastion.sandbox.world.SigningKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile commits, messages and histories in a ledger whose entries are signed: they move nothing and hide nothing. */
class SignedHostileLedgerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource({
        "dev.bastion.app.hostile.HostileLedgers#messages",
        "dev.bastion.app.hostile.HostileLedgers#commits",
        "dev.bastion.app.hostile.HostileLedgers#historiesAndRefs"
    })
    void honestGrantsEndInTime(HostileLedger hostile) {
        Path key = SigningKey.in(folder.resolve("key")).file();
        HonestGrants.endInTimeBeside(hostile, folder, Map.of("BASTION_SIGNING_KEY_FILE", key.toString()));
    }
}
