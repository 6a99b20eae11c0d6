package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Review;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequestReview;
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
 * The cache of what a list does not contain about open pull requests: mergeability, reviews, and the head's statuses. It
 * reads a pull request again when the list shows a change, and when a change may come that the list does not show: GitHub is
 * still computing the mergeability, the base branch has moved, or CI has not reported its plan.
 */
public final class PullRequestDetails {
    /**
     * How long after a change reads continue, because GitHub's times of change are whole seconds and its lists lag.
     */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(5);
    /** How often the statuses are read for a plan that failed, or that is missing for longer than {@link #PLAN_TAKES}. */
    private static final Duration UNLIKELY_PLAN_EVERY = Duration.ofSeconds(30);

    /** How long an approved pull request that is blocked is read again at once; a check may be all that it lacked. */
    private static final Duration UNBLOCKING_TAKES = Duration.ofMinutes(1);

    private static final Duration UNLIKELY_UNBLOCKING_EVERY = Duration.ofMinutes(5);
    private static final Duration PLAN_TAKES = Duration.ofMinutes(15);

    private final PullRequests pulls;
    private final PlanStatuses plans;
    private final Supplier<CommitId> base;
    private final InstantSource clock;
    private final Map<Integer, Entry> known = new ConcurrentHashMap<>();

    /**
     * @param base the head of the base branch, as last read
     * @param ciLogin the account that CI posts its plans as
     */
    public PullRequestDetails(PullRequests pulls, Supplier<CommitId> base, InstantSource clock, String ciLogin) {
        this.pulls = pulls;
        this.plans = new PlanStatuses(ciLogin);
        this.base = base;
        this.clock = clock;
    }

    /** CI's plan of an environment, among the statuses of a head. */
    PlanStatus plan(List<CommitStatus> statuses, EnvironmentName environment) {
        return plans.in(statuses, environment);
    }

    /** The details of a listed pull request. */
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

    /** The details of a pull request that was just read on its own; but for what was read, they are not cached. */
    Entry ofRead(PullRequest read) {
        Optional.ofNullable(known.get(read.number())).ifPresent(entry -> entry.readAgain(read));
        Entry entry = new Entry(read, clock.instant(), clock.instant());
        entry.read = read;
        entry.readUpon = base.get();
        return entry;
    }

    void forgetAllBut(Collection<Integer> numbers) {
        known.keySet().retainAll(numbers);
    }

    static List<Review> reviewsOf(PullRequests pulls, int number) {
        return pulls.reviews(number).stream().map(PullRequestDetails::review).toList();
    }

    private static Review review(PullRequestReview review) {
        Review.Opinion opinion = switch (review.state()) {
            case APPROVED -> Review.Opinion.APPROVED;
            case CHANGES_REQUESTED -> Review.Opinion.CHANGES_REQUESTED;
            case COMMENTED -> Review.Opinion.COMMENTED;
            case DISMISSED -> Review.Opinion.DISMISSED;
        };
        return new Review(review.id(), review.login(), opinion, review.commit(), review.at());
    }

    /** The details of one pull request. Safe for many threads. */
    final class Entry {
        private final PullRequest listed;
        private final Instant changeSeenAt;
        private final Instant readAt;
        private @Nullable PullRequest read;
        private @Nullable CommitId readUpon;
        private Instant readByItselfAt = Instant.MIN;
        private @Nullable List<Review> reviews;
        private @Nullable List<CommitStatus> statuses;
        private Instant statusesAt = Instant.MIN;

        private Entry(PullRequest listed, Instant changeSeenAt, Instant readAt) {
            this.listed = listed;
            this.changeSeenAt = changeSeenAt;
            this.readAt = readAt;
        }

        /** Its mergeability was read elsewhere; any other change waits for the list. */
        private synchronized void readAgain(PullRequest again) {
            if (read != null && read.head().equals(again.head())) {
                read = again;
                readUpon = base.get();
                readByItselfAt = clock.instant();
            }
        }

        /** The pull request, read on its own and so with its mergeability; empty when it no longer exists. */
        synchronized Optional<PullRequest> pull() {
            CommitId upon = base.get();
            PullRequest last = read;
            if (last == null || !upon.equals(readUpon) || mayChange(last)) {
                read = pulls.read(listed.number()).orElse(null);
                readUpon = upon;
                readByItselfAt = clock.instant();
            }
            return Optional.ofNullable(read);
        }

        /**
         * A blocked pull request may have lacked the approval that the reviews now contain. One that stays blocked is read
         * now and then, because a rule or a status may change.
         */
        private boolean mayChange(PullRequest last) {
            return switch (last.mergeability()) {
                case UNKNOWN -> true;
                case BLOCKED ->
                    isUnblockingDue()
                            && reviews().stream()
                                    .anyMatch(review -> review.opinion() == Review.Opinion.APPROVED
                                            && review.commit().equals(last.head()));
                case CLEAN, CONFLICTING -> false;
            };
        }

        private boolean isUnblockingDue() {
            Instant now = clock.instant();
            return now.isBefore(changeSeenAt.plus(UNBLOCKING_TAKES))
                    || !now.isBefore(readByItselfAt.plus(UNLIKELY_UNBLOCKING_EVERY));
        }

        synchronized List<Review> reviews() {
            List<Review> before = reviews;
            List<Review> now = before != null ? before : reviewsOf(pulls, listed.number());
            reviews = now;
            return now;
        }

        /**
         * The statuses of a head.
         *
         * @param plan the environment whose plan the proposal waits for; empty when it waits for none
         */
        synchronized List<CommitStatus> statuses(CommitId head, Optional<EnvironmentName> plan) {
            List<CommitStatus> known = statuses;
            if (known != null
                    && plan.filter(environment -> mayPlanChange(known, environment))
                            .isEmpty()) {
                return known;
            }
            List<CommitStatus> now = pulls.statuses(head);
            statuses = now;
            statusesAt = clock.instant();
            return now;
        }

        private boolean mayPlanChange(List<CommitStatus> statuses, EnvironmentName environment) {
            Instant now = clock.instant();
            boolean isUnlikely = !now.isBefore(changeSeenAt.plus(PLAN_TAKES));
            boolean isDue = !now.isBefore(statusesAt.plus(UNLIKELY_PLAN_EVERY));
            return switch (plans.in(statuses, environment)) {
                case PlanStatus.Missing _, PlanStatus.Running _ -> !isUnlikely || isDue;
                case PlanStatus.Failed _ -> isDue;
                case PlanStatus.Passed _ -> false;
            };
        }
    }
}
