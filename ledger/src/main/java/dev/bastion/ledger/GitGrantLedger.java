package dev.bastion.ledger;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.PastGrant;
import dev.bastion.access.PolicyReader;
import dev.bastion.access.Receipt;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The ledger in a git repository: an environment file says who has access, its commits say why, and nothing is kept
 * anywhere else. Everything that waits to be written goes out in one push.
 */
public final class GitGrantLedger implements GrantLedger, AutoCloseable {
    private static final int LARGEST_BATCH = 250;

    private final Branch branch;
    private final Coalesced<LedgerState> looks;
    private final GroupCommit<LedgerChange, Receipt> writing;

    private GitGrantLedger(Branch branch) {
        this.branch = branch;
        this.looks = new Coalesced<>(branch::lookAgain);
        this.writing = new GroupCommit<>("ledger-writer", LARGEST_BATCH, new LedgerWriter(branch)::write);
    }

    /**
     * Opens the ledger and reads all of it: clones the repository, or brings the clone that is there up to date.
     *
     * @throws dev.bastion.access.PolicyProblems when the policy at the head is wrong
     * @throws dev.bastion.access.LedgerUnreachable when the remote does not answer; worth trying again
     * @throws dev.bastion.access.LedgerRefused when it will not let us read
     */
    public static GitGrantLedger open(LedgerSettings settings, PolicyReader policy, LedgerAlarms alarms) {
        Branch branch = new Branch(settings, policy, alarms);
        try {
            branch.refresh();
        } catch (RuntimeException e) {
            branch.close();
            throw e;
        }
        return new GitGrantLedger(branch);
    }

    @Override
    public LedgerSnapshot read() {
        return looks.ask().snapshot();
    }

    @Override
    public Receipt record(LedgerChange change) {
        try {
            return writing.submit(change).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public List<PastGrant> endedSince(Instant moment) {
        return branch.state().accounts().values().stream()
                .flatMap(account -> account.chronicle().past().stream()
                        .takeWhile(past -> !past.endedAt().isBefore(moment)))
                .sorted(Comparator.comparing(PastGrant::endedAt).reversed())
                .toList();
    }

    @Override
    public List<PastGrant> history(EnvironmentName environment, int most) {
        Account account = branch.state().accounts().get(environment);
        return account == null
                ? List.of()
                : account.chronicle().past().stream().limit(most).toList();
    }

    /** Writes what still waits, then lets go of the clone. */
    @Override
    public void close() {
        writing.close();
        branch.close();
    }
}
