package dev.bastion.access.reconcile;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStage.Wait;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.AppliedCommit;
import dev.bastion.access.state.EnvironmentCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An ended grant and CI's reports on every commit that can still change its bastion. The grant is gone when its bastion is
 * not seen, CI has finished the reversion or a later commit, and CI has finished the commits that opened and moved it; a run
 * without an end counts as finished when it is older than an apply can take. A run can be started again, so that the report on
 * an old commit counts, too.
 *
 * @param opening the last commits from the grant's opening to the one before its reversion
 * @param later the newest commit after the reversion
 * @param applyTakes the longest time from a commit to the end of its run
 * @param lastSeen when the bastion was seen last; AWS may be late to show one that was created after that
 */
record ClosingGrant(
        PastGrant past,
        List<EnvironmentCommit> opening,
        Optional<CommitId> later,
        Function<AppliedCommit, Optional<Reading<ApplyStatus>>> reports,
        Duration applyTakes,
        Optional<Instant> lastSeen) {
    /** The time within which AWS lists an instance that a finished run has created: its API is eventually consistent. */
    static final Duration LISTED_WITHIN = Duration.ofMinutes(1);

    /** The most commits of one grant whose reports are read. */
    private static final int MOST_COMMITS = 20;

    /** @param commits the environment's commits, oldest first */
    static ClosingGrant of(
            PastGrant past,
            List<EnvironmentCommit> commits,
            Function<AppliedCommit, Optional<Reading<ApplyStatus>>> reports,
            Duration applyTakes,
            Optional<Instant> lastSeen) {
        List<CommitId> ids = commits.stream().map(EnvironmentCommit::commit).toList();
        int closed = ids.lastIndexOf(past.closedBy());
        int opened = ids.indexOf(past.grant().openedBy());
        if (closed < 0) {
            var unknown = new EnvironmentCommit(past.grant().openedBy(), past.endedAt());
            return new ClosingGrant(past, List.of(unknown), Optional.empty(), reports, applyTakes, lastSeen);
        }
        int first = Math.max(Math.min(Math.max(opened, 0), closed), closed - MOST_COMMITS);
        return new ClosingGrant(
                past,
                commits.subList(first, closed),
                closed == ids.size() - 1 ? Optional.empty() : Optional.of(ids.getLast()),
                reports,
                applyTakes,
                lastSeen);
    }

    /** The commits whose reports are needed. */
    Set<AppliedCommit> needed() {
        return Stream.of(
                        Stream.of(past.closedBy()),
                        later.stream(),
                        opening.stream().map(EnvironmentCommit::commit))
                .flatMap(Function.identity())
                .map(this::applied)
                .collect(Collectors.toSet());
    }

    /**
     * The stage.
     *
     * @param bastion the grant's bastion, when one was seen
     * @param observedAt when that observation began; reports that came later say nothing about it
     * @param absentSince the earliest moment from which the bastion is known to be absent
     * @param beforeAlarm how long a bastion may outlive its grant
     */
    GrantStage stage(
            Optional<BastionObservation> bastion, Instant observedAt, Instant absentSince, Duration beforeAlarm) {
        var since = Duration.between(past.endedAt(), observedAt);
        if (bastion.isPresent()) {
            return since.compareTo(beforeAlarm) > 0
                    ? new GrantStage.Lingering(past, since, bastion.get())
                    : new GrantStage.Closing(past, waitsFor(observedAt), Optional.empty());
        }
        var presumedGoneAt = absentSince.plus(applyTakes);
        return isFinished(observedAt) || observedAt.isAfter(presumedGoneAt)
                ? new GrantStage.Gone(past, observedAt, failure(observedAt))
                : closing(waitsFor(observedAt), presumedGoneAt);
    }

    /**
     * The stage while bastions cannot be observed.
     *
     * @param why why they cannot, where people must know; empty while that can still be a matter of seconds
     */
    GrantStage unobserved(Instant now, Optional<Wait> why) {
        return new GrantStage.Closing(past, why.orElseGet(() -> waitsFor(now)), Optional.empty());
    }

    private GrantStage closing(Wait wait, Instant presumedGoneAt) {
        return new GrantStage.Closing(
                past, wait, wait instanceof Wait.Listing ? Optional.empty() : Optional.of(presumedGoneAt));
    }

    private boolean isFinished(Instant observedAt) {
        return reversion(observedAt).isFinished()
                && unfinishedOpening(observedAt).isEmpty();
    }

    private Wait waitsFor(Instant observedAt) {
        return switch (reversion(observedAt)) {
            case ApplyStatus.Unknown _ -> new Wait.NoReport();
            case ApplyStatus.Running(var run, var _) -> new Wait.Running(run);
            case ApplyStatus.Failed(var what, var run, var _) -> new Wait.Failed(what, run);
            case ApplyStatus.Succeeded _ ->
                unfinishedOpening(observedAt)
                        .map(commit -> earlier(commit, report(commit, observedAt)))
                        .orElseGet(Wait.Removal::new);
        };
    }

    private static Wait earlier(CommitId commit, ApplyStatus report) {
        return report.isFinished() ? new Wait.Listing() : new Wait.EarlierRun(commit, report.run());
    }

    private Optional<ApplyStatus.Failed> failure(Instant observedAt) {
        return reversion(observedAt) instanceof ApplyStatus.Failed failed ? Optional.of(failed) : Optional.empty();
    }

    /** The report on the reversion; a later commit contains it, so that its finished run counts, too. */
    ApplyStatus reversion(Instant observedAt) {
        var own = report(past.closedBy(), observedAt);
        var newer = later.map(commit -> report(commit, observedAt));
        return own instanceof ApplyStatus.Succeeded
                ? own
                : newer.filter(ApplyStatus::isFinished).orElse(own);
    }

    private Optional<CommitId> unfinishedOpening(Instant observedAt) {
        return opening.stream()
                .filter(commit -> canStillOpen(commit, observedAt))
                .map(EnvironmentCommit::commit)
                .findFirst();
    }

    private boolean canStillOpen(EnvironmentCommit commit, Instant observedAt) {
        return switch (report(commit.commit(), observedAt)) {
            case ApplyStatus.Unknown _ -> isYoung(commit.at(), observedAt);
            case ApplyStatus.Running(var _, var began) -> isYoung(began.orElse(commit.at()), observedAt);
            case ApplyStatus.Succeeded _, ApplyStatus.Failed _ -> !isListed(commit.commit(), observedAt);
        };
    }

    private boolean isYoung(Instant began, Instant observedAt) {
        return observedAt.isBefore(began.plus(applyTakes));
    }

    /** Whether an instance that the finished run created would have been observed. */
    private boolean isListed(CommitId commit, Instant observedAt) {
        return reports.apply(applied(commit))
                .map(report -> report.value().at().orElse(report.at()))
                .filter(ended -> lastSeen.filter(seen -> !seen.isBefore(ended)).isEmpty())
                .filter(ended -> ended.plus(LISTED_WITHIN).isAfter(observedAt))
                .isEmpty();
    }

    /** A report that came after the observation counts as a run that had not finished by then. */
    private ApplyStatus report(CommitId commit, Instant observedAt) {
        return reports.apply(applied(commit))
                .map(report -> report.at().isAfter(observedAt) && report.value().isFinished()
                        ? new ApplyStatus.Running(report.value().run(), Optional.of(report.at()))
                        : report.value())
                .orElseGet(ApplyStatus.Unknown::new);
    }

    private AppliedCommit applied(CommitId commit) {
        return new AppliedCommit(past.grant().environment(), commit);
    }
}
