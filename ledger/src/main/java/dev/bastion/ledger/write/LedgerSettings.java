package dev.bastion.ledger.write;

import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.remote.GitRemote;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the ledger is, and as whom it is written.
 *
 * @param remote the repository's address: {@code https://…}, {@code ssh://…}, {@code git@host:…}, {@code file://…}
 * @param branch the branch that counts, like {@code main}
 * @param directory where the clone is kept; survives restarts, may be deleted at any time while the service is down
 * @param environments the directory of all environments in the repository, like {@code environments}
 * @param committer who commits
 * @param patience how long the remote may be silent before it counts as unreachable
 */
public record LedgerSettings(
        String remote,
        String branch,
        Path directory,
        String environments,
        Credentials credentials,
        Signature committer,
        Duration patience) {

    /** How long a remote may usually be silent. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    public GitRemote gitRemote() {
        return new GitRemote(remote, branch, credentials, patience);
    }
}
