package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The repository as REST sees it: what was pushed or written a moment ago is not there yet while GitHub lags. */
public final class GitReplica {
    private final BareRepository repository;
    private final GitHubFaults faults;
    private final InstantSource clock;
    private final Map<String, Arrival> arrivals = new ConcurrentHashMap<>();

    private record Arrival(Instant at, String before) {}

    public GitReplica(BareRepository repository, GitHubFaults faults, InstantSource clock) {
        this.repository = repository;
        this.faults = faults;
        this.clock = clock;
    }

    /** Remembers when a commit came. */
    public void pushed(Push push, Account pusher) {
        arrivals.putIfAbsent(push.after(), new Arrival(clock.instant(), push.before()));
    }

    /** Whether REST shows what was written at this moment. */
    public boolean shows(Instant written) {
        return faults.lag().isZero() || !clock.instant().isBefore(written.plus(faults.lag()));
    }

    /** Whether REST knows this commit. */
    public boolean has(String commit) {
        return repository.has(commit) && isShown(commit);
    }

    /** The full id of a branch or commit; a branch has its earlier commit while the new one is not shown. */
    public String resolve(String revision) {
        String commit = repository.resolve(revision);
        while (!isShown(commit)) {
            commit = commit.startsWith(revision)
                    ? Push.NOTHING
                    : arrivals.getOrDefault(commit, new Arrival(Instant.MIN, Push.NOTHING))
                            .before();
        }
        return commit;
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
        Arrival arrival = arrivals.get(commit);
        return commit.equals(Push.NOTHING) || arrival == null || shows(arrival.at());
    }
}
