package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a list does not tell of open pull requests: mergeability, reviews, and the statuses of the head. It is kept, and read
 * again only when the list says that the pull request changed, or when it is about to change by itself: GitHub has not worked
 * out the mergeability, the branch has moved, or CI still owes a plan.
 */
public final class PullRequestDetails {
    /** Times of change are whole seconds and lists lag: what changed is read until it was read this long afterwards. */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(5);
    /** How often a plan is asked for that failed, or that has not come for long. */
    private static final Duration UNLIKELY_PLAN_EVERY = Duration.ofSeconds(30);

    private static final Duration PLAN_TAKES = Duration.ofMinutes(15);

    private final PullRequests pulls;
    private final Supplier<CommitId> base;
    private final InstantSource clock;
    private final Map<Integer, Entry> known = new ConcurrentHashMap<>();

    /** @param base the head of the branch they go into, as it was last seen */
    public PullRequestDetails(PullRequests pulls, Supplier<CommitId> base, InstantSource clock) {
        this.pulls = pulls;
        this.base = base;
        this.clock = clock;
    }

    /** The details of a pull request that the list has like this. */
    Entry of(PullRequest listed) {
        Instant now = clock.instant();
        return known.compute(listed.number(), (_, before) -> {
            if (before == null || !before.listed.equals(listed)) {
                return new Entry(listed, now, now);
            }
            boolean isSettled = !before.readAt.isBefore(before.changeSeenAt.plus(SETTLED_AFTER));
            return isSettled ? before : new Entry(listed, before.changeSeenAt, now);
        });
    }

    /** Details of a pull request that was read by itself just now; nothing of them is kept. */
    Entry ofRead(PullRequest read) {
        Entry entry = new Entry(read, clock.instant(), clock.instant());
        entry.read = read;
        entry.readUpon = base.get();
        return entry;
    }

    void forgetAllBut(Collection<Integer> numbers) {
        known.keySet().retainAll(numbers);
    }

    /** The details of one pull request. Safe for many threads. */
    final class Entry {
        private final PullRequest listed;
        private final Instant changeSeenAt;
        private final Instant readAt;
        private @Nullable PullRequest read;
        private @Nullable CommitId readUpon;
        private @Nullable List<Review> reviews;
        private @Nullable List<CommitStatus> statuses;
        private Instant statusesAt = Instant.MIN;

        private Entry(PullRequest listed, Instant changeSeenAt, Instant readAt) {
            this.listed = listed;
            this.changeSeenAt = changeSeenAt;
            this.readAt = readAt;
        }

        /** The pull request read by itself, mergeability and all; empty when there is none any more. */
        synchronized Optional<PullRequest> pull() {
            CommitId upon = base.get();
            PullRequest last = read;
            if (last == null || !upon.equals(readUpon) || mayChange(last)) {
                read = pulls.read(listed.number()).orElse(null);
                readUpon = upon;
            }
            return Optional.ofNullable(read);
        }

        /** What is blocked may be so for want of an approval, and a list shows that one came. */
        private boolean mayChange(PullRequest last) {
            return switch (last.mergeability()) {
                case UNKNOWN -> true;
                case BLOCKED ->
                    reviews().stream()
                            .anyMatch(review -> review.opinion() == Review.Opinion.APPROVED
                                    && review.commit().equals(last.head()));
                case CLEAN, CONFLICTING -> false;
            };
        }

        synchronized List<Review> reviews() {
            List<Review> before = reviews;
            List<Review> now = before != null ? before : Reviews.of(pulls, listed.number());
            reviews = now;
            return now;
        }

        /**
         * What was said of a head.
         *
         * @param plan the environment whose plan is waited for; empty when none is
         */
        synchronized List<CommitStatus> statuses(CommitId head, Optional<EnvironmentName> plan) {
            List<CommitStatus> known = statuses;
            if (known != null
                    && plan.filter(environment -> mayCome(known, environment)).isEmpty()) {
                return known;
            }
            List<CommitStatus> now = pulls.statuses(head);
            statuses = now;
            statusesAt = clock.instant();
            return now;
        }

        private boolean mayCome(List<CommitStatus> said, EnvironmentName environment) {
            Instant now = clock.instant();
            boolean isUnlikely = !now.isBefore(changeSeenAt.plus(PLAN_TAKES));
            boolean isDue = !now.isBefore(statusesAt.plus(UNLIKELY_PLAN_EVERY));
            return switch (PlanStatuses.in(said, environment)) {
                case PlanStatus.Missing _, PlanStatus.Running _ -> !isUnlikely || isDue;
                case PlanStatus.Failed _ -> isDue;
                case PlanStatus.Passed _ -> false;
            };
        }
    }
}
