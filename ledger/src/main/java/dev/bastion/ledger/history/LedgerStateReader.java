package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.file.ConfigurationCache;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reader of the ledger's state at a commit, from an earlier state and the commits since, or from the first commit.
 * The files are the truth; commit messages say who, why, and for which request.
 */
public final class LedgerStateReader {
    /** Nothing was left. */
    public static final Memory NOTHING_KEPT = _ -> Optional.empty();

    private final CommitReader commits;
    private final ConfigurationCache configurations;
    private final TrustedKeys keys;
    private final Optional<CommitId> since;
    private final Instant now;
    private TimeWindow window = TimeWindow.ALWAYS;

    /**
     * @param since the first commit of the signed part, if it is known from the settings or from an earlier read
     * @param now no commit is later
     */
    public LedgerStateReader(
            CommitReader commits,
            ConfigurationCache configurations,
            TrustedKeys keys,
            Optional<CommitId> since,
            Instant now) {
        this.commits = commits;
        this.configurations = configurations;
        this.keys = keys;
        this.since = since.filter(_ -> keys.areAny());
        this.now = now;
    }

    /** What an earlier process left: a checkpoint of the same layout, if there is any. */
    public interface Memory {
        Optional<Checkpoint> of(Layout layout);
    }

    /**
     * The state at a commit.
     *
     * @param before an earlier state; null to read all commits, as when the layout has changed since
     * @throws PolicyProblems when no version of the policy is valid, and nothing is open that must end
     */
    public LedgerState read(@Nullable LedgerState before, CommitId head) {
        return read(before, head, NOTHING_KEPT);
    }

    /** @param memory is asked where there is no earlier state */
    public LedgerState read(@Nullable LedgerState before, CommitId head, Memory memory) {
        Configuration configuration = configurations.of(head, commits);
        boolean isSameLayout = before != null && before.layout().equals(configuration.layout());
        Checkpoint known = isSameLayout && before != null
                ? Checkpoint.of(before, TimeWindow.ALWAYS)
                : memory.of(configuration.layout()).orElse(null);
        return read(known, head, configuration);
    }

    /** When a reading of the commits that were read has the same result. */
    public TimeWindow window() {
        return window;
    }

    private LedgerState read(@Nullable Checkpoint before, CommitId head, Configuration configuration) {
        Optional<CommitId> known = before == null ? Optional.empty() : Optional.of(before.head());
        Layout layout = configuration.layout();
        Optional<List<Commit>> newer = commits.between(known, head, layout.directory(), CommitMessage.ACTION + ": ");
        if (newer.isEmpty()) {
            return read(null, head, configuration);
        }
        CommitReplay replay = before == null
                ? CommitReplay.fromTheBeginning(commits, layout, keys, signedPart(head), now, ReplayObserver.NONE)
                : CommitReplay.after(before, commits, layout, keys, now, ReplayObserver.NONE);
        newer.get().forEach(replay::applyOrSkip);
        replay.completeFromFiles(known, head, false);
        window = commits.isTruncated() ? TimeWindow.NEVER : replay.window();
        configuration.problems().ifPresent(broken -> {
            if (!replay.records().isAnyOpen()) {
                throw broken;
            }
            configurations.enforce(configuration, head);
        });
        return LedgerState.of(head, replay.records().all(), configuration, replay.signed(), replay.observations());
    }

    /** The signed part before the first commit: it begins there when a known switch is not in the history any more. */
    private SignedPart signedPart(CommitId head) {
        return since.map(known -> commits.isOnFirstParentLine(known, head)
                        ? SignedPart.beginsAt(known)
                        : SignedPart.WITHOUT_SWITCH)
                .orElse(SignedPart.NONE);
    }
}
