package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jgit.lib.Constants;

/** The repository as REST sees it: what was pushed or written a moment ago is not there yet while GitHub lags. */
public final class GitReplica {
    private final BareRepository repository;
    private final GitHubFaults faults;
    private final InstantSource clock;
    private final Map<String, Instant> arrivals = new ConcurrentHashMap<>();
    private final Map<String, List<Move>> moves = new ConcurrentHashMap<>();

    private record Move(Instant at, Push push) {}

    public GitReplica(BareRepository repository, GitHubFaults faults, InstantSource clock) {
        this.repository = repository;
        this.faults = faults;
        this.clock = clock;
    }

    /** Remembers when a commit came, and when its branch moved. */
    public void pushed(Push push, Account pusher) {
        Instant now = clock.instant();
        arrivals.putIfAbsent(push.after(), now);
        moves.computeIfAbsent(push.branch(), _ -> new CopyOnWriteArrayList<>()).add(new Move(now, push));
    }

    /** Whether REST shows what was written at this moment. */
    public boolean shows(Instant written) {
        return faults.lag().isZero() || !clock.instant().isBefore(written.plus(faults.lag()));
    }

    /** Whether REST knows this commit. */
    public boolean has(String commit) {
        return repository.has(commit) && isShown(commit);
    }

    /** The full id of a branch or commit; a branch is where it was before the moves that are not shown. */
    public String resolve(String revision) {
        String commit = repository.resolve(revision);
        boolean isId = !commit.equals(Push.NOTHING) && commit.startsWith(revision);
        if (isId) {
            return isShown(commit) ? commit : Push.NOTHING;
        }
        return moves.getOrDefault(revision.replaceFirst("^(refs/)?heads/", ""), List.of()).stream()
                .filter(move -> !shows(move.at()))
                .findFirst()
                .map(move -> move.push().before())
                .orElse(commit);
    }

    /** The branches that are there or were, by their short names. */
    public Set<String> branches() {
        try {
            Set<String> names = new TreeSet<>(moves.keySet());
            repository
                    .git()
                    .getRefDatabase()
                    .getRefsByPrefix(Constants.R_HEADS)
                    .forEach(ref -> names.add(ref.getName().substring(Constants.R_HEADS.length())));
            names.removeIf(name -> resolve(Constants.R_HEADS + name).equals(Push.NOTHING));
            return names;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list the branches", failure);
        }
    }

    /** @throws GitHubException 422 when there is no such commit */
    public String require(String revision) {
        String commit = resolve(revision);
        if (commit.equals(Push.NOTHING)) {
            throw GitHubException.unprocessable("No commit found for SHA: " + revision);
        }
        return commit;
    }

    private boolean isShown(String commit) {
        Instant arrival = arrivals.get(commit);
        return commit.equals(Push.NOTHING) || arrival == null || shows(arrival);
    }
}
