package dev.bastion.sandbox.github;

import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** What follows from a pull request and the repository as they are: what it changes, and whether it could be merged. */
final class Standing {
    private final BareRepository repository;
    private final Branches branches;
    private final History history;
    private final Differences differences;
    private final Mergeability mergeability;
    private final Rulebook rules;
    private final Statuses statuses;

    Standing(
            BareRepository repository,
            Branches branches,
            Mergeability mergeability,
            Rulebook rules,
            Statuses statuses) {
        this.repository = repository;
        this.branches = branches;
        this.history = new History(repository);
        this.differences = new Differences(repository);
        this.mergeability = mergeability;
        this.rules = rules;
        this.statuses = statuses;
    }

    /** What it changes: from where it left its base. */
    List<FileChange> files(PullRequest pull) {
        return differences.files(start(pull), pull.head());
    }

    String diff(PullRequest pull) {
        return differences.text(start(pull), pull.head());
    }

    /** Oldest first. */
    List<RevCommit> commits(PullRequest pull) {
        return history.between(base(pull), pull.head());
    }

    /** Those of {@code all} that a commit belongs to: merged ones if it is in the default branch, else open ones. */
    List<PullRequest> with(String ref, List<PullRequest> all) {
        String commit = repository.resolve(ref);
        if (commit.equals(Push.NOTHING)) {
            throw Problem.unprocessable("No commit found for SHA: " + ref);
        }
        boolean isIn = history.reaches(branches.tip(BareRepository.DEFAULT_BRANCH), commit);
        return all.stream()
                .filter(pull -> isIn ? pull.fate() instanceof Fate.Merged : pull.isOpen())
                .filter(pull -> isMergeOf(pull, commit)
                        || commits(pull).stream().anyMatch(one -> one.name().equals(commit)))
                .toList();
    }

    private static boolean isMergeOf(PullRequest pull, String commit) {
        return pull.fate() instanceof Fate.Merged(var _, var _, String merge) && merge.equals(commit);
    }

    /** Empty while nobody knows. */
    Optional<Boolean> mergeable(PullRequest pull) {
        return pull.isOpen() ? mergeability.of(pull).map(Mergeability.Trial::isClean) : Optional.empty();
    }

    /** What brought it in; of an open one, what would. */
    @Nullable String mergeCommit(PullRequest pull) {
        return switch (pull.fate()) {
            case Fate.Merged(var _, var _, String commit) -> commit;
            case Fate.Open() ->
                mergeability.of(pull).flatMap(Mergeability.Trial::commit).orElse(null);
            case Fate.Closed _ -> null;
        };
    }

    /** GitHub's word for whether it could be merged now. */
    String state(PullRequest pull) {
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
        if (!rules.against(pull, base).isEmpty()) {
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
