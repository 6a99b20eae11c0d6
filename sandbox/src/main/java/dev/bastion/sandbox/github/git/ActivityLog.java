package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who moved which branch, and when: by git, by REST or by a merge. */
public final class ActivityLog {
    private final CommitHistory history;
    private final InstantSource clock;
    private final List<Move> moves = new ArrayList<>();

    /** @param type as GitHub calls it, like {@code force_push} */
    public record Move(long id, Push push, String type, Account actor, Instant at) {
        public String ref() {
            return "refs/heads/" + push.branch();
        }
    }

    public ActivityLog(CommitHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** @param isMerge whether a pull request was merged */
    public synchronized void add(Push push, Account actor, boolean isMerge) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        moves.addFirst(new Move(moves.size() + 1L, push, isMerge ? "pr_merge" : type(push), actor, now));
    }

    private String type(Push push) {
        if (push.before().equals(Push.NOTHING)) {
            return "branch_creation";
        }
        if (push.after().equals(Push.NOTHING)) {
            return "branch_deletion";
        }
        return history.descendsFrom(push.after(), push.before()) ? "push" : "force_push";
    }

    /** The newest first. */
    public synchronized List<Move> of(Optional<String> ref) {
        return moves.stream()
                .filter(move -> ref.isEmpty() || ref.get().equals(move.ref()))
                .toList();
    }
}
