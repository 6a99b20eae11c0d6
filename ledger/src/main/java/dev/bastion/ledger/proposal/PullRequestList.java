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
 * The cached list of the open pull requests and of those that ended in the last day. Each refresh is one call, which asks
 * for the changed ones only; every 10 minutes it reads the complete list. GitHub updates a pull request's time of change at
 * pushes, reviews, comments, labels and when it ends, but not at commit statuses nor when the base branch moves.
 */
public final class PullRequestList {
    /** How long ended pull requests stay in the list, so that every process sees how they ended. */
    private static final Duration KEEP_ENDED = Duration.ofDays(1);
    /** How far a refresh reaches back before the newest change, because lists lag and their times are whole seconds. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    /** After so long without a change, a list shows all that there was, also if GitHub's clock is some minutes behind. */
    private static final Duration SETTLED = Duration.ofMinutes(5);

    private static final Duration COMPLETE_EVERY = Duration.ofMinutes(10);

    private final PullRequests pulls;
    private final InstantSource clock;
    private final Map<Integer, PullRequest> known = new TreeMap<>(Comparator.reverseOrder());
    private Instant completeAt = Instant.MIN;
    private Instant refreshedAt = Instant.EPOCH;
    private Optional<Instant> newestChange = Optional.empty();

    public PullRequestList(PullRequests pulls, InstantSource clock) {
        this.pulls = pulls;
        this.clock = clock;
    }

    /** The list as GitHub has it now, newest first. */
    synchronized List<PullRequest> refresh() {
        Instant now = clock.instant();
        Instant oldest = now.minus(KEEP_ENDED);
        if (!now.isBefore(completeAt.plus(COMPLETE_EVERY))) {
            List<PullRequest> complete = pulls.recent(oldest);
            known.clear();
            complete.forEach(this::merge);
            completeAt = now;
        } else {
            Instant since = newestChange.filter(oldest::isBefore).orElse(oldest);
            boolean isSettled = since.isBefore(refreshedAt.minus(SETTLED));
            pulls.changedSince(isSettled ? since : since.minus(OVERLAP)).forEach(this::merge);
        }
        refreshedAt = now;
        known.values().removeIf(pull -> endedBefore(pull, oldest));
        return List.copyOf(known.values());
    }

    private void merge(PullRequest pull) {
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
