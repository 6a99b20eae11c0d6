package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CommitReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commits of a first-parent line that changed files, down to where an earlier reader was.
 *
 * @param isComplete whether the line was read down to there; if not, it has more commits than are read, or lost that commit
 */
public record CommitsSince(List<CommitId> oldestFirst, boolean isComplete) {
    private static final int MOST_CHANGES = 2000;
    private static final int MOST_COMMITS = 20_000;
    /** So many old commits in a row are no trick of one who dates commits back. */
    private static final int MOST_OLD = 500;

    public CommitsSince {
        oldestFirst = List.copyOf(oldestFirst);
    }

    /** The commits behind one that is known. */
    public static CommitsSince known(CommitReader commits, CommitId head, CommitId known) {
        List<CommitId> newestFirst = new ArrayList<>();
        Optional<CommitId> at = Optional.of(head);
        for (int read = 0; at.isPresent() && !at.get().equals(known); read++) {
            if (read == MOST_COMMITS || newestFirst.size() == MOST_CHANGES) {
                return new CommitsSince(newestFirst.reversed(), false);
            }
            addIfChange(commits, at.get(), newestFirst);
            at = commits.firstParent(at.get());
        }
        return new CommitsSince(newestFirst.reversed(), at.isPresent());
    }

    /** The commits since a moment. A person writes any date into a commit, so an old one among newer ones counts as well. */
    public static CommitsSince moment(CommitReader commits, CommitId head, Instant oldest) {
        List<CommitId> newestFirst = new ArrayList<>();
        List<CommitId> old = new ArrayList<>();
        Optional<CommitId> at = Optional.of(head);
        for (int read = 0; at.isPresent() && old.size() < MOST_OLD; read++) {
            if (read == MOST_COMMITS || newestFirst.size() >= MOST_CHANGES) {
                return new CommitsSince(newestFirst.reversed(), false);
            }
            if (commits.commit(at.get()).at().isBefore(oldest)) {
                old.add(at.get());
            } else {
                old.forEach(commit -> addIfChange(commits, commit, newestFirst));
                old.clear();
                addIfChange(commits, at.get(), newestFirst);
            }
            at = commits.firstParent(at.get());
        }
        return new CommitsSince(newestFirst.reversed(), true);
    }

    private static void addIfChange(CommitReader commits, CommitId commit, List<CommitId> newestFirst) {
        if (!commits.hasNoChanges(commit)) {
            newestFirst.add(commit);
        }
    }
}
