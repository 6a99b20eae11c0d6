package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.ManualEdit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One environment at one commit: its path, its file's state, its history, and the last commits that changed it, oldest
 * first.
 *
 * @param unreadable the edits that made the file unreadable, while it may be open
 */
public record EnvironmentRecord(
        String path,
        FileState file,
        EnvironmentHistory history,
        List<EnvironmentCommit> commits,
        Optional<Unreadable> unreadable) {
    private static final int MOST_COMMITS = 32;

    /**
     * The edits that made the file unreadable.
     *
     * @param first the first one after a version that could be read
     * @param last the newest one
     */
    public record Unreadable(EnvironmentState.Edit first, EnvironmentState.Edit last) {}

    public EnvironmentRecord {
        commits = List.copyOf(commits);
    }

    /** The record of an environment that no commit has. */
    public static EnvironmentRecord of(String path, EnvironmentName environment) {
        return new EnvironmentRecord(
                path, new FileState.Unrelated(), EnvironmentHistory.of(environment), List.of(), Optional.empty());
    }

    public EnvironmentRecord with(FileState newFile, EnvironmentHistory newHistory) {
        EnvironmentRecord now = new EnvironmentRecord(path, newFile, newHistory, commits, unreadable);
        return now.mayBeOpenUnread()
                ? now
                : new EnvironmentRecord(path, newFile, newHistory, commits, Optional.empty());
    }

    /**
     * The same record after a commit that changed the file. A commit is no older than the one before it, whatever its time
     * says.
     */
    public EnvironmentRecord changedBy(CommitId commit, Instant at) {
        Instant before = lastChangedAt();
        List<EnvironmentCommit> now =
                new ArrayList<>(commits.subList(Math.max(0, commits.size() - MOST_COMMITS + 1), commits.size()));
        now.removeIf(known -> known.commit().value().equals(commit.value()));
        now.add(new EnvironmentCommit(commit, at.isBefore(before) ? before : at));
        return new EnvironmentRecord(path, file, history, now, unreadable);
    }

    /** The time of the last commit that changed the environment; {@link Instant#MIN} when none did. */
    Instant lastChangedAt() {
        return commits.isEmpty() ? Instant.MIN : commits.getLast().at();
    }

    /** The same environment with its file at another path. */
    EnvironmentRecord at(String newPath) {
        return new EnvironmentRecord(newPath, file, history, commits, unreadable);
    }

    /** The same record with its newest ended grants, this many or up to twice as many. */
    EnvironmentRecord withoutPastBeyond(int most) {
        return new EnvironmentRecord(path, file, history.withoutPastBeyond(most), commits, unreadable);
    }

    public EnvironmentName environment() {
        return history.environment();
    }

    /** As {@link #changedBy}, by an entry of the service, which leaves a file that can be read. */
    public EnvironmentRecord changedByEntry(CommitId commit, Instant at) {
        EnvironmentRecord now = changedBy(commit, at);
        return new EnvironmentRecord(path, file, history, now.commits, Optional.empty());
    }

    /** The record after an edit without the service, whose file is as this record says. */
    public EnvironmentRecord editedBy(ManualEdit edit) {
        if (!mayBeOpenUnread()) {
            return new EnvironmentRecord(path, file, history, commits, Optional.empty());
        }
        EnvironmentState.Edit last = new EnvironmentState.Edit(edit.commit().id(), edit.by(), edit.at());
        EnvironmentState.Edit first = unreadable.map(Unreadable::first).orElse(last);
        return new EnvironmentRecord(path, file, history, commits, Optional.of(new Unreadable(first, last)));
    }

    /** Whether the file cannot be read, and no edit is known that made it so. */
    boolean needsItsEdit() {
        return mayBeOpenUnread() && unreadable.isEmpty();
    }

    /** Whether access may be open although the file does not say which. */
    private boolean mayBeOpenUnread() {
        return switch (file) {
            case FileState.Unclear(String _, boolean isClosed) ->
                !isClosed || history.open().isPresent();
            case FileState.Unrelated _ -> history.open().isPresent();
            case FileState.Closed _, FileState.Open _ -> false;
        };
    }

    /** The commit whose version of the file is the last one before the access that is in force. */
    public Optional<CommitId> openedBy() {
        return history.open()
                .map(Grant::openedBy)
                .or(() -> unreadable.map(edits -> edits.first().commit()));
    }

    private EnvironmentState unclear(String problem, AccessPolicy policy) {
        Optional<EnvironmentState.Edit> edit = unreadable.map(Unreadable::last);
        return new EnvironmentState.Unclear(
                environment(),
                problem,
                edit,
                history.open().or(() -> unreadable.map(edits -> presumedGrant(edits.first(), policy))));
    }

    /** The grant of a file that nobody could ever read as open: it counts as open for as long as the policy allows. */
    private Grant presumedGrant(EnvironmentState.Edit edit, AccessPolicy policy) {
        Instant start = Timestamps.wholeSeconds(edit.at());
        return new Grant(
                environment(),
                RequestId.derivedFrom(edit.commit() + " " + environment()),
                edit.by(),
                Reason.NONE,
                start,
                start.plus(policy.rulesOf(environment()).longestDuration().length()),
                edit.commit(),
                Optional.empty(),
                true);
    }

    public EnvironmentState state(AccessPolicy policy) {
        return switch (file) {
            case FileState.Unclear(String problem, boolean _) -> unclear(problem, policy);
            case FileState.Unrelated _
            when unreadable.isPresent() ->
                unclear(
                        path + ": the file is missing or has no audit variables, but its grant is open. Restore it.",
                        policy);
            case FileState.Closed(Optional<String> obstacle) ->
                obstacle.<EnvironmentState>map(problem -> new EnvironmentState.Unclear(environment(), problem))
                        .orElseGet(() -> new EnvironmentState.Closed(environment()));
            case FileState.Unrelated _ -> new EnvironmentState.Closed(environment());
            case FileState.Open _ ->
                history.open()
                        .<EnvironmentState>map(EnvironmentState.Open::new)
                        .orElseGet(() -> EnvironmentState.Unclear.withoutCommit(
                                environment(),
                                path
                                        + " is open, but no commit says who opened it. Set deploy_bastion to 0"
                                        + " and commit."));
        };
    }
}
