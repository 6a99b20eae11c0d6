package dev.bastion.ledger.verification;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.expire;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.LedgerWorld;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a line's signatures, block by block, as each commit alone has them. */
class SignaturesAheadTest {
    @TempDir
    private Path directory;

    @Test
    void everyCommitOfEveryBlockHasItsKey() {
        FileKeySigner signer = SigningKeys.newKey(directory.resolve("signer"));
        try (LedgerWorld world = new LedgerWorld(directory)) {
            GitGrantLedger ledger = world.signing("clone", SigningKeys.trusting(signer));
            ledger.record(expire(((RecordResult.Recorded) ledger.record(open(DEV, "one"))).grant()));
            for (int commit = 0; commit < 2 * SignaturesAhead.BLOCK; commit++) {
                world.remote.commit("Change " + commit, Map.of());
            }
            ledger.read();
            ledger.record(open(DEV, "last"));
            try (LocalClone clone = LocalClone.open(
                            world.remote.repository().getDirectory().toPath());
                    CommitReader commits = clone.commits()) {
                FirstParentLine line = commits.line(world.remote.head(), "ledger.yaml");
                assertSameKeys(clone, line, commits, signer.publicKey());
            }
        }
    }

    private static void assertSameKeys(
            LocalClone clone, FirstParentLine line, CommitReader commits, Optional<SshPublicKey> key) {
        int signed = 0;
        try (SignaturesAhead signatures = new SignaturesAhead(clone, line)) {
            for (int place = 0; place < line.size(); place++) {
                CommitId commit = line.commit(place);
                Map<CommitId, Optional<SshPublicKey>> block = signatures.around(place);
                assertThat(block)
                        .hasSizeLessThanOrEqualTo(SignaturesAhead.BLOCK)
                        .containsKey(commit);
                assertThat(block.get(commit)).isEqualTo(commits.commit(commit).signedBy());
                assertThat(signatures.endOf(place)).isBetween(place + 1, line.size());
                signed += key.equals(block.get(commit)) ? 1 : 0;
            }
        }
        assertThat(signed).as("the notice, and three entries").isEqualTo(4);
    }
}
