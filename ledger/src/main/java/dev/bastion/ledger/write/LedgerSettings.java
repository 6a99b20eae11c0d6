package dev.bastion.ledger.write;

import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The ledger's location, credentials and committer.
 *
 * @param remote the repository's address: {@code https://…}, {@code ssh://…}, {@code git@host:…}, {@code file://…}
 * @param branch the ledger's branch, like {@code main}
 * @param directory the clone's directory; survives restarts, may be deleted while the service is down
 * @param environments the directory of all environments in the repository, like {@code environments}
 * @param committing the committer of the next commit; makes no call
 * @param timeout how long the remote may be silent before it counts as unreachable
 * @param budget how much is read of what others write
 * @param keys signs the commits, and says whose signatures make an entry
 * @param areObservationsNotes whether observations are git notes; otherwise they are commits of the branch
 * @param pacing who does the work
 */
public record LedgerSettings(
        String remote,
        String branch,
        Path directory,
        String environments,
        Credentials credentials,
        Supplier<Signature> committing,
        Duration timeout,
        ReadBudget budget,
        TrustedKeys keys,
        boolean areObservationsNotes,
        Pacing pacing) {

    /** The timeout unless the settings say another. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** With one committer for all commits, and observations on the branch. */
    public LedgerSettings(
            String remote,
            String branch,
            Path directory,
            String environments,
            Credentials credentials,
            Signature committer,
            Duration timeout,
            ReadBudget budget,
            TrustedKeys keys) {
        this(
                remote,
                branch,
                directory,
                environments,
                credentials,
                () -> committer,
                timeout,
                budget,
                keys,
                false,
                Pacing.THREADS);
    }

    /** The same with observations as notes. */
    public LedgerSettings withNotes() {
        return new LedgerSettings(
                remote, branch, directory, environments, credentials, committing, timeout, budget, keys, true, pacing);
    }

    /** The same without threads of the ledger's own. */
    public LedgerSettings stepped() {
        return new LedgerSettings(
                remote,
                branch,
                directory,
                environments,
                credentials,
                committing,
                timeout,
                budget,
                keys,
                areObservationsNotes,
                Pacing.STEPS);
    }

    /** The committer of a commit that is made now. */
    public Signature committer() {
        return committing.get();
    }

    public RemoteSettings gitRemote() {
        return new RemoteSettings(remote, branch, credentials, timeout);
    }
}
