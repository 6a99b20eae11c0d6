package dev.bastion.access.audit;

import dev.bastion.access.grant.Timestamps;
import java.time.Instant;
import java.util.Optional;

/**
 * The moments up to which an answer counts access whose end nobody observed.
 *
 * @param open for access that no commit ended, and for whether access is late: the end of the period, at most the time of the
 *     question
 * @param unobserved for access that ended, and whose instance nobody observed gone: the end of the period, at most the time of
 *     the head, so that an answer about the past is the same at any time
 */
public record CountedUntil(Instant open, Instant unobserved) {
    /**
     * @param now the time of the question
     * @param headAt the time of the newest commit, as the commit says it
     * @param to the end of the period; empty for the head
     */
    public static CountedUntil of(Instant now, Instant headAt, Optional<Instant> to) {
        Instant open = to.map(end -> Timestamps.earlier(end, now)).orElse(now);
        return new CountedUntil(open, Timestamps.earlier(headAt, open));
    }
}
