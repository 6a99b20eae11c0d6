package dev.bastion.ledger.proposal;

import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The list of the pull requests that matter: every open one, and those that ended in the last day. It is brought up to date
 * with one call, which asks only for what changed; now and then it is read whole. GitHub moves a pull request's time of change
 * at pushes, reviews, comments, labels and ends, but not at commit statuses nor when the base branch moves.
 */
public final class PullRequestList {
    /** How long ended pull requests still matter, so that everybody learns how they ended. */
    private static final Duration ENDED_LATELY = Duration.ofDays(1);
    /** A list may lag a little behind, and its times are whole seconds. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Duration WHOLE_EVERY = Duration.ofMinutes(10);

    private final PullRequests pulls;
    private final InstantSource clock;
    private final Map<Integer, PullRequest> known = new TreeMap<>(Comparator.reverseOrder());
    private Instant readWholeAt = Instant.MIN;
    private Optional<Instant> newestChange = Optional.empty();

    public PullRequestList(PullRequests pulls, InstantSource clock) {
        this.pulls = pulls;
        this.clock = clock;
    }

    /** The list as the forge has it now, newest first. */
    synchronized List<PullRequest> refresh() {
        Instant now = clock.instant();
        Instant oldest = now.minus(ENDED_LATELY);
        if (!now.isBefore(readWholeAt.plus(WHOLE_EVERY))) {
            List<PullRequest> whole = pulls.recent("", oldest);
            known.clear();
            whole.forEach(this::take);
            readWholeAt = now;
        } else {
            Instant since = newestChange.filter(oldest::isBefore).orElse(oldest);
            pulls.changedSince(since.minus(OVERLAP)).forEach(this::take);
        }
        known.values().removeIf(pull -> endedBefore(pull, oldest));
        return List.copyOf(known.values());
    }

    private void take(PullRequest pull) {
        known.merge(pull.number(), pull, (before, now) -> now.updatedAt().isBefore(before.updatedAt()) ? before : now);
        newestChange = newestChange.filter(pull.updatedAt()::isBefore).or(() -> Optional.of(pull.updatedAt()));
    }

    private static boolean endedBefore(PullRequest pull, Instant oldest) {
        return switch (pull.state()) {
            case PullRequest.State.Open _ -> false;
            case PullRequest.State.Closed(Instant at) -> at.isBefore(oldest);
            case PullRequest.State.Merged(var _, var _, Instant at) -> at.isBefore(oldest);
        };
    }
}
