package dev.bastion.ledger.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.RecordedAlarms;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerBranchTest {
    @TempDir
    private Path directory;

    /** Its branch does not have the commit any more, so only the new clone's own memory can tell. */
    @Test
    void aNewCloneOfARewrittenHistoryRemembersTheSwitch() {
        try (LedgerWorld world = new LedgerWorld(directory)) {
            TrustedKeys keys = SigningKeys.trusting(SigningKeys.newKey(directory.resolve("key")));
            world.signing("writer", keys);
            LedgerSettings settings = Samples.with(Samples.settings(world.remote.url(), world.clone("clone")), keys);
            try (LedgerBranch branch = branch(settings)) {
                assertThat(branch.refresh().signed().first()).contains(world.remote.head());
                world.remote.moveBranchTo(world.remote.orphan(Samples.environments()));
                assertThat(branch.reclone().signed().isWithoutSwitch()).isTrue();
            }
            try (LedgerBranch started = branch(settings)) {
                assertThat(started.refresh().signed().isWithoutSwitch()).isTrue();
            }
        }
    }

    private static LedgerBranch branch(LedgerSettings settings) {
        return new LedgerBranch(
                settings, Samples.parsers(Samples.anyPolicy()), new RecordedAlarms(), BareClone::push, Samples.CLOCK);
    }
}
