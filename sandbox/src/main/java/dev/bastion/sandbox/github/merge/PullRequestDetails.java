package dev.bastion.sandbox.github.merge;

import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.Branches;
import dev.bastion.sandbox.github.git.CommitDiff;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.git.GitReplica;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import dev.bastion.sandbox.github.rules.RulesetEnforcer;
import dev.bastion.sandbox.github.status.StatusStore;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** What GitHub computes for a pull request: its files, its commits, its merge commit and whether it can be merged. */
public final class PullRequestDetails {
    private final GitReplica replica;
    private final Branches branches;
    private final CommitHistory history;
    private final CommitDiff differences;
    private final Mergeability mergeability;
    private final RulesetEnforcer rules;
    private final StatusStore statuses;

    public PullRequestDetails(
            BareRepository repository,
            GitReplica replica,
            Branches branches,
            Mergeability mergeability,
            RulesetEnforcer rules,
            StatusStore statuses) {
        this.replica = replica;
        this.branches = branches;
        this.history = new CommitHistory(repository);
        this.differences = new CommitDiff(repository);
        this.mergeability = mergeability;
        this.rules = rules;
        this.statuses = statuses;
    }

    /** The files it changes since it left its base. */
    public List<FileChange> files(PullRequest pull) {
        return differences.files(start(pull), pull.head());
    }

    public String diff(PullRequest pull) {
        return differences.text(start(pull), pull.head());
    }

    /** Oldest first. */
    public List<RevCommit> commits(PullRequest pull) {
        return history.between(base(pull), pull.head());
    }

    /** Those of {@code all} that a commit belongs to: merged ones if it is in the default branch, else open ones. */
    public List<PullRequest> with(String ref, List<PullRequest> all) {
        String commit = replica.require(ref);
        boolean isIn = history.descendsFrom(branches.tip(BareRepository.DEFAULT_BRANCH), commit);
        return all.stream()
                .filter(pull -> isIn ? pull.state() instanceof PullRequestState.Merged : pull.isOpen())
                .filter(pull -> isMergeOf(pull, commit)
                        || commits(pull).stream().anyMatch(one -> one.name().equals(commit)))
                .toList();
    }

    private static boolean isMergeOf(PullRequest pull, String commit) {
        return pull.state() instanceof PullRequestState.Merged(var _, var _, String merge) && merge.equals(commit);
    }

    /** Empty until it is computed. */
    public Optional<Boolean> mergeable(PullRequest pull) {
        return pull.isOpen() ? mergeability.of(pull).map(Mergeability.Trial::isClean) : Optional.empty();
    }

    /** Its merge commit; of an open one, the tentative merge commit. */
    public @Nullable String mergeCommit(PullRequest pull) {
        return switch (pull.state()) {
            case PullRequestState.Merged(var _, var _, String commit) -> commit;
            case PullRequestState.Open() ->
                mergeability.of(pull).flatMap(Mergeability.Trial::commit).orElse(null);
            case PullRequestState.Closed _ -> null;
        };
    }

    /** GitHub's {@code mergeable_state}. */
    public String mergeableState(PullRequest pull) {
        Optional<Boolean> mergeable = mergeable(pull);
        if (mergeable.isEmpty()) {
            return "unknown";
        }
        if (!mergeable.get()) {
            return "dirty";
        }
        String base = branches.tip(pull.base());
        if (rules.isBehind(pull, base)) {
            return "behind";
        }
        if (!rules.violations(pull, base).isEmpty()) {
            return "blocked";
        }
        return switch (statuses.verdict(pull.head())) {
            case MISSING, PASSED -> "clean";
            case PENDING, FAILING -> "unstable";
        };
    }

    private String start(PullRequest pull) {
        return history.mergeBase(base(pull), pull.head());
    }

    private String base(PullRequest pull) {
        String tip = branches.tip(pull.base());
        return pull.isOpen() && !tip.equals(Push.NOTHING) ? tip : pull.baseCommit();
    }
}
