package dev.bastion.ledger;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.PolicyParser;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.proposal.GitPolicyCheckPublisher;
import dev.bastion.ledger.proposal.GitProposalRepository;
import dev.bastion.ledger.proposal.ProposalBranches;
import dev.bastion.ledger.proposal.PullRequestPush;
import dev.bastion.ledger.write.CoalescedRead;
import dev.bastion.ledger.write.GroupCommit;
import dev.bastion.ledger.write.LedgerBranch;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.ledger.write.LedgerWriter;
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

    private final LedgerBranch branch;
    private final CoalescedRead<LedgerState> looks;
    private final GroupCommit<LedgerChange, RecordResult> writing;

    private GitGrantLedger(LedgerBranch branch) {
        this.branch = branch;
        this.looks = new CoalescedRead<>(branch::lookAgain);
        this.writing = new GroupCommit<>("ledger-writer", LARGEST_BATCH, new LedgerWriter(branch)::write);
    }

    /**
     * Opens the ledger and reads all of it: clones the repository, or brings the clone that is there up to date.
     *
     * @throws dev.bastion.access.policy.PolicyProblems when the policy at the head is wrong
     * @throws dev.bastion.access.port.LedgerUnreachable when the remote does not answer; worth trying again
     * @throws dev.bastion.access.port.LedgerRejected when it will not let us read
     */
    public static GitGrantLedger open(LedgerSettings settings, PolicyParser policy, LedgerAlarms alarms) {
        return open(new LedgerBranch(settings, policy, alarms, BareClone::push));
    }

    /**
     * The same, for a repository where nobody may push to the branch: whatever is written goes through a pull request that
     * the service merges itself.
     */
    public static GitGrantLedger openThrough(
            PullRequests pulls, LedgerSettings settings, PolicyParser policy, LedgerAlarms alarms) {
        return open(new LedgerBranch(settings, policy, alarms, new PullRequestPush(pulls, settings.branch())));
    }

    private static GitGrantLedger open(LedgerBranch branch) {
        try {
            branch.refresh();
        } catch (RuntimeException e) {
            branch.close();
            throw e;
        }
        return new GitGrantLedger(branch);
    }

    /** Where changes to this ledger are put before others. */
    public ProposalRepository proposals(PullRequests pulls, InstantSource clock) {
        return new GitProposalRepository(new ProposalBranches(branch), pulls, clock);
    }

    /**
     * Where pull requests into this ledger are looked at, and told whether they obey the policy.
     *
     * @param policy reads the policy files they would bring
     */
    public PolicyCheckPublisher pullRequests(PullRequests pulls, PolicyParser policy) {
        return new GitPolicyCheckPublisher(branch, pulls, policy);
    }

    @Override
    public LedgerSnapshot read() {
        return looks.ask().snapshot();
    }

    @Override
    public RecordResult record(LedgerChange change) {
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
        EnvironmentRecord account = branch.state().accounts().get(environment);
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
