package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.GoneSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Access that outlived its end.
 *
 * @param shouldEndAt the end of the grant, or the earlier moment at which it was ended
 * @param by how long it lasted beyond that; the least that is certain, unless {@code means} says {@code GONE} or {@code ENDED}
 * @param means what the end is up to which it is counted
 * @param cause what kept it, for people
 * @param proof the commit that says so
 */
public record LateEnding(
        GrantRecord grant, Instant shouldEndAt, Duration by, AccessInterval.Until means, String cause, CommitId proof) {
    /** The time that the end of a grant may take before it counts as late: a reversion, CI's run, and the instance's end. */
    public static final Duration USUAL_TOLERANCE = Duration.ofMinutes(10);

    private static final String REVERTED_LATE = "The reversion came after the end";
    private static final String REVERTED_IN_TIME = "The reversion was in time";
    private static final String NOT_GONE = "; no entry says that the instance is gone.";

    /** The late ending of a grant; empty when it was in time. */
    public static Optional<LateEnding> of(GrantRecord grant, Duration tolerance, CountedUntil counted) {
        Instant shouldEndAt = grant.ending()
                .map(ending -> Timestamps.earlier(ending.fact().at(), grant.dueAt()))
                .orElse(grant.dueAt());
        boolean isLate = Duration.between(shouldEndAt, end(grant.access(), counted.open()))
                        .compareTo(tolerance)
                > 0;
        return isLate ? Optional.of(found(grant, shouldEndAt, tolerance, counted)) : Optional.empty();
    }

    /** The end that is known, and where none is, the moment up to which access is counted. */
    private static Instant end(AccessInterval access, Instant counted) {
        return access.meaning() == AccessInterval.Until.UNOBSERVED
                ? Timestamps.later(access.until().orElse(counted), counted)
                : access.until().orElse(counted);
    }

    private static LateEnding found(GrantRecord grant, Instant shouldEndAt, Duration tolerance, CountedUntil counted) {
        AccessInterval access = grant.access();
        boolean isRevertedLate = grant.ending()
                .filter(ending ->
                        Duration.between(shouldEndAt, ending.fact().at()).compareTo(tolerance) > 0)
                .isPresent();
        Instant end =
                end(access, access.meaning() == AccessInterval.Until.OPEN ? counted.open() : counted.unobserved());
        return new LateEnding(
                grant,
                shouldEndAt,
                Duration.between(shouldEndAt, end),
                access.meaning(),
                cause(grant, isRevertedLate),
                proof(grant, isRevertedLate));
    }

    private static String cause(GrantRecord grant, boolean isRevertedLate) {
        String reversion = isRevertedLate ? REVERTED_LATE : REVERTED_IN_TIME;
        return switch (grant.access().meaning()) {
            case OPEN -> "No commit ended it.";
            case ENDED -> reversion + ".";
            case UNOBSERVED -> reversion + NOT_GONE;
            case GONE ->
                isRevertedLate
                        ? reversion + "."
                        : grant.gone()
                                .map(gone -> reversion + "; the instance "
                                        + source(gone.fact().source()) + ".")
                                .orElse(reversion + ".");
        };
    }

    /** The observation where the instance was late; else the reversion, and what set the end where there is none. */
    private static CommitId proof(GrantRecord grant, boolean isRevertedLate) {
        return grant.gone()
                .filter(_ -> !isRevertedLate)
                .map(Proved::commit)
                .or(() -> grant.ending().map(Proved::commit))
                .orElseGet(() -> grant.extensions().isEmpty()
                        ? grant.openedBy()
                        : grant.extensions().getLast().commit());
    }

    /**
     * How long it lasted beyond its end, as a sentence has it, like {@code at least 2 h, not observed gone}.
     *
     * @param length the words for {@link #by}
     */
    public String lateness(String length) {
        return switch (means) {
            case GONE, ENDED -> length;
            case UNOBSERVED, OPEN -> means.lateness().replace("at least", "at least " + length);
        };
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
