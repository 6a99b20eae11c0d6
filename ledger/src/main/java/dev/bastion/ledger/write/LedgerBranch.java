package dev.bastion.ledger.write;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.PolicyParser;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.file.PolicyCache;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.history.LedgerStateReader;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The branch as it was last seen, and the one lock under which it is brought up to date or written to. */
public final class LedgerBranch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerBranch.class);

    private final LedgerSettings settings;
    private final EnvironmentPaths paths;
    private final PolicyCache policies;
    private final LedgerAlarms alarms;
    private final PushStrategy gate;
    private final BareClone clone;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable LedgerState state;

    public LedgerBranch(LedgerSettings settings, PolicyParser policy, LedgerAlarms alarms, PushStrategy gate) {
        this.gate = gate;
        this.settings = settings;
        this.paths = new EnvironmentPaths(settings.environments());
        this.policies = new PolicyCache(policy, paths, alarms);
        this.alarms = alarms;
        this.clone = BareClone.open(settings.directory(), settings.gitRemote());
    }

    public LedgerSettings settings() {
        return settings;
    }

    public EnvironmentPaths paths() {
        return paths;
    }

    /** As it was last seen. */
    public LedgerState state() {
        LedgerState known = state;
        return known != null ? known : refresh();
    }

    /** As the remote has it now; waits for nobody when nothing has changed. */
    public LedgerState lookAgain() {
        LedgerState known = state;
        return known != null && clone.remoteHead().equals(known.head()) ? known : refresh();
    }

    /** As the remote has it now, brought up to date under the lock. */
    public LedgerState refresh() {
        lock.lock();
        try {
            return advance();
        } catch (CloneBroken e) {
            LOG.atWarn().setCause(e).log("clone.broken");
            return renewed();
        } finally {
            lock.unlock();
        }
    }

    /** As the remote has it now, from a clone made anew. */
    LedgerState renew() {
        lock.lock();
        try {
            return renewed();
        } finally {
            lock.unlock();
        }
    }

    private LedgerState renewed() {
        try {
            clone.renew();
            return advance();
        } catch (CloneBroken e) {
            throw new LedgerUnreachable("cloning " + settings.remote() + " anew", e);
        }
    }

    private LedgerState advance() {
        LedgerState known = state;
        CommitId head = clone.fetch();
        if (known != null && head.equals(known.head())) {
            return known;
        }
        try (CommitReader commits = clone.commits()) {
            Optional<CommitId> seen = known == null ? clone.head() : Optional.of(known.head());
            boolean rewritten = seen.isPresent() && !leadsTo(commits, head, seen.get());
            LedgerState now = new LedgerStateReader(commits, paths, policies).read(rewritten ? null : known, head);
            if (rewritten) {
                LOG.atError()
                        .addKeyValue("seen", seen.get())
                        .addKeyValue("now", head)
                        .log("history.rewritten");
                alarms.historyRewritten(seen.get(), head);
            }
            clone.keep(head);
            state = now;
            return now;
        }
    }

    private static boolean leadsTo(CommitReader commits, CommitId head, CommitId seen) {
        return commits.has(seen) && commits.leadsTo(head, seen);
    }

    /**
     * Lets somebody write upon the last seen head, and pushes what they wrote.
     *
     * @return whether it counts now; if not as it was written, the branch is up to date again
     */
    PushOutcome write(Consumer<ChangeBatch> writing) {
        lock.lock();
        try {
            LedgerState base = state();
            try (CommitReader commits = clone.commits();
                    CommitDraft draft = clone.draft(base.head())) {
                ChangeBatch batch = new ChangeBatch(base, paths, commits, draft, settings.committer());
                writing.accept(batch);
                PushOutcome outcome = draft.isEmpty() ? stillAt(base) : gate.push(clone, draft);
                if (outcome == PushOutcome.ACCEPTED) {
                    state = batch.result();
                } else {
                    advance();
                }
                return outcome;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Does something with the clone that leaves its branch as it is. */
    public <T> T with(Function<BareClone, T> work) {
        lock.lock();
        try {
            return work.apply(clone);
        } catch (CloneBroken e) {
            LOG.atWarn().setCause(e).log("clone.broken");
            renewed();
            return again(work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T again(Function<BareClone, T> work) {
        try {
            return work.apply(clone);
        } catch (CloneBroken e) {
            throw new LedgerUnreachable("reading the clone of " + settings.remote(), e);
        }
    }

    private PushOutcome stillAt(LedgerState base) {
        return clone.remoteHead().equals(base.head()) ? PushOutcome.ACCEPTED : PushOutcome.OUTRUN;
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
