package dev.bastion.cli.audit;

import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that chooses whether an index beside the clone is used. */
final class IndexOptions {
    private static final String NAME = "audit-v1";

    @Option(
            names = "--no-index",
            description =
                    "Read the whole history from git. Otherwise bastion/audit-v1 in the clone's git directory keeps what"
                            + " was read, for the next question; only an index that you wrote yourself is used.")
    private boolean isWithout;

    @Option(
            names = "--index-key",
            paramLabel = "FILE",
            hidden = true,
            defaultValue = "${env:XDG_STATE_HOME:-${sys:user.home}/.local/state}/bastion/index.key",
            description = "The secret that authenticates the indexes of this user; made at first use.")
    private Path key = Path.of("index.key");

    Optional<HistoryIndex> of(LocalClone clone) {
        return isWithout
                ? Optional.empty()
                : IndexKey.of(key).map(known -> new HistoryIndex(clone.gitDirectory(), NAME, known));
    }
}
