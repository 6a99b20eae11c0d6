package dev.bastion.ledger;

import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantLedger;
import dev.bastion.access.LedgerChange;
import dev.bastion.access.LedgerSnapshot;
import dev.bastion.access.PastGrant;
import dev.bastion.access.PolicyReader;
import dev.bastion.access.ProposalBoard;
import dev.bastion.access.PullRequestDesk;
import dev.bastion.access.Receipt;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.github.PullRequests;
import java.time.Instant;
import java.time.InstantSource;
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
        return open(new Branch(settings, policy, alarms, BareClone::push));
    }

    /**
     * The same, for a repository where nobody may push to the branch: whatever is written goes through a pull request that
     * the service merges itself.
     */
    public static GitGrantLedger openThrough(
            PullRequests pulls, LedgerSettings settings, PolicyReader policy, LedgerAlarms alarms) {
        return open(new Branch(settings, policy, alarms, new PullRequestGate(pulls, settings.branch())));
    }

    private static GitGrantLedger open(Branch branch) {
        try {
            branch.refresh();
        } catch (RuntimeException e) {
            branch.close();
            throw e;
        }
        return new GitGrantLedger(branch);
    }

    /** Where changes to this ledger are put before others. */
    public ProposalBoard proposals(PullRequests pulls, InstantSource clock) {
        return new GitProposalBoard(new ProposalBranches(branch), pulls, clock);
    }

    /**
     * Where pull requests into this ledger are looked at, and told whether they obey the policy.
     *
     * @param policy reads the policy files they would bring
     */
    public PullRequestDesk pullRequests(PullRequests pulls, PolicyReader policy) {
        return new GitPullRequestDesk(branch, pulls, policy);
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
