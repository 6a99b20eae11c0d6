package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Access that outlived its end.
 *
 * @param shouldEndAt the end of the grant, or the earlier moment at which it was ended
 * @param by how long it lasted beyond that, as far as it is known
 * @param cause what kept it, for people
 * @param proof the commit that says so
 */
public record LateEnding(GrantRecord grant, Instant shouldEndAt, Duration by, String cause, CommitId proof) {
    /** The time that the end of a grant may take before it counts as late: a reversion, CI's run, and the instance's end. */
    public static final Duration USUAL_TOLERANCE = Duration.ofMinutes(10);

    /**
     * The late ending of a grant; empty when it was in time.
     *
     * @param now the time of the question
     */
    public static Optional<LateEnding> of(GrantRecord grant, Duration tolerance, Instant now) {
        Instant shouldEndAt = grant.ending()
                .map(ending -> Timestamps.earlier(ending.fact().at(), grant.dueAt()))
                .orElse(grant.dueAt());
        return found(grant, shouldEndAt, tolerance, now)
                .filter(late -> late.by().compareTo(tolerance) > 0);
    }

    private static Optional<LateEnding> found(GrantRecord grant, Instant shouldEndAt, Duration tolerance, Instant now) {
        if (grant.ending().isEmpty()) {
            CommitId proof = grant.extensions().isEmpty()
                    ? grant.openedBy()
                    : grant.extensions().getLast().commit();
            return Optional.of(late(grant, shouldEndAt, now, "No commit ended it.", proof));
        }
        Proved<GrantRecord.Ending> ending = grant.ending().get();
        Instant reverted = ending.fact().at();
        boolean isRevertedLate = Duration.between(shouldEndAt, reverted).compareTo(tolerance) > 0;
        if (grant.gone().isPresent()) {
            Proved<Observation.Gone> gone = grant.gone().get();
            String cause = isRevertedLate
                    ? "The reversion came after the end."
                    : "The reversion was in time; the instance "
                            + source(gone.fact().source()) + ".";
            return Optional.of(late(
                    grant, shouldEndAt, gone.fact().at(), cause, isRevertedLate ? ending.commit() : gone.commit()));
        }
        if (isRevertedLate) {
            return Optional.of(
                    late(grant, shouldEndAt, reverted, "The reversion came after the end.", ending.commit()));
        }
        return grant.ready()
                .map(ready -> late(
                        grant,
                        shouldEndAt,
                        now,
                        "The reversion was in time; no entry says that the instance is gone.",
                        ready.commit()));
    }

    private static LateEnding late(
            GrantRecord grant, Instant shouldEndAt, Instant endedAt, String cause, CommitId proof) {
        return new LateEnding(grant, shouldEndAt, Duration.between(shouldEndAt, endedAt), cause, proof);
    }

    /** What ended the instance, after "the instance". */
    public static String source(GoneSource source) {
        return switch (source) {
            case GoneSource.Apply(var run) ->
                "ended by CI's apply" + run.map(page -> " " + page).orElse("");
            case GoneSource.Service _ -> "was terminated by the service";
            case GoneSource.Platform(String reason) -> "ended by itself: " + reason;
            case GoneSource.Unknown _ -> "ended for an unknown reason";
        };
    }
}
