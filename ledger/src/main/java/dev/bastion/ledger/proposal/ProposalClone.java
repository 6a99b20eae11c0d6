package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.remote.PackLimit;
import dev.bastion.ledger.proposal.change.Deadline;
import dev.bastion.ledger.write.LedgerBranch;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clone in which proposals and pull requests are read and written, beside the ledger's own and under a lock of its own:
 * whatever others propose, no reversion waits for it. It borrows the ledger's objects and fetches only what is proposed.
 */
public final class ProposalClone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProposalClone.class);
    private static final String SUFFIX = "-proposals";
    /** The packs of the largest size after which the clone starts again, so that it cannot fill the disk. */
    private static final int PACKS_KEPT = 8;

    /** As many failures in a row of fetches mean that the remote is down. */
    private static final int MAX_FAILED_FETCHES = 3;

    private static final int USES_PER_SIZE_CHECK = 100;

    private final LedgerBranch branch;
    private final InstantSource clock;
    private final BareClone clone;
    private final ReentrantLock lock = new ReentrantLock();
    private int uses;

    private ProposalClone(LedgerBranch branch, InstantSource clock, BareClone clone) {
        this.branch = branch;
        this.clock = clock;
        this.clone = clone;
    }

    /** Opens the clone in the directory beside the ledger's, whose name ends with {@code -proposals}. */
    public static ProposalClone beside(LedgerBranch branch, InstantSource clock) {
        LedgerSettings ledger = branch.settings();
        Path directory = ledger.directory().resolveSibling(ledger.directory().getFileName() + SUFFIX);
        return new ProposalClone(
                branch, clock, BareClone.borrowing(directory, ledger.gitRemote(), ledger.budget(), ledger.directory()));
    }

    ReadBudget budget() {
        return branch.settings().budget();
    }

    Deadline deadline() {
        return Deadline.in(budget().perPullRequest(), clock);
    }

    /** Runs work on the clone, which has the ledger's last seen head. */
    <T> T with(Function<BareClone, T> work) {
        lock.lock();
        try {
            prepare();
            return work.apply(clone);
        } catch (CloneBroken e) {
            LOG.atWarn().setCause(e).log("proposals.clone.broken");
            return again(work);
        } finally {
            lock.unlock();
        }
    }

    /** Runs work on the clone's commits. */
    <T> T read(Function<CommitReader, T> work) {
        return with(clone -> {
            try (CommitReader commits = clone.commits()) {
                return work.apply(commits);
            }
        });
    }

    private <T> T again(Function<BareClone, T> work) {
        try {
            clone.restart();
            prepare();
            return work.apply(clone);
        } catch (CloneBroken e) {
            throw LedgerUnreachable.later(
                    "reading the proposals of " + branch.settings().remote(), e);
        }
    }

    private void prepare() {
        if (uses++ % USES_PER_SIZE_CHECK == 0 && clone.size() > (long) PACKS_KEPT * budget().packBytes()) {
            LOG.atInfo().log("proposals.clone.full");
            clone.restart();
        }
        CommitId head = branch.state().head();
        if (!clone.head().equals(Optional.of(head))) {
            clone.saveHead(head);
        }
    }

    /**
     * Fetches those of these refs that the remote has: all at once, or, where that fails or is more than the budget allows,
     * one by one, so that one that cannot be fetched keeps no other from being read.
     *
     * @return the commits by name, and the names that are too large with the reason
     * @throws LedgerUnreachable when none could be fetched
     */
    Fetched fetch(Collection<String> refs) {
        try {
            return new Fetched(fetchWithin(refs), Map.of());
        } catch (BudgetExceeded e) {
            return refs.size() == 1
                    ? new Fetched(Map.of(), Map.of(refs.iterator().next(), e.what()))
                    : fetchEach(refs);
        } catch (LedgerUnreachable e) {
            if (refs.size() == 1) {
                throw e;
            }
            return fetchEach(refs);
        }
    }

    /** The result of a fetch: the commits by name, and why others were not fetched. */
    record Fetched(Map<String, CommitId> commits, Map<String, String> tooLarge) {}

    private Fetched fetchEach(Collection<String> refs) {
        Map<String, CommitId> commits = new HashMap<>();
        Map<String, String> tooLarge = new HashMap<>();
        int failed = 0;
        for (String ref : refs) {
            try {
                Fetched one = fetch(List.of(ref));
                commits.putAll(one.commits());
                tooLarge.putAll(one.tooLarge());
            } catch (LedgerUnreachable e) {
                LOG.atWarn().addKeyValue("ref", ref).setCause(e).log("proposals.fetch.failed");
                failed++;
                if (failed == MAX_FAILED_FETCHES || failed == refs.size()) {
                    throw e;
                }
            }
        }
        return new Fetched(commits, tooLarge);
    }

    private Map<String, CommitId> fetchWithin(Collection<String> refs) {
        PackLimit limit = new PackLimit(budget().packBytes(), deadline().at(), clock);
        return refs.isEmpty() ? Map.of() : with(clone -> clone.fetchRefs(refs, limit));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            clone.close();
        } finally {
            lock.unlock();
        }
    }
}
