package dev.bastion.sandbox.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of CI, as the page shows it.
 *
 * @param id unique, fit for a URL path segment
 * @param title what it does, for people: {@code apply dev}
 * @param commit the full id of the commit it works on
 * @param started when it was queued or began; {@code ended} null while it has not ended
 * @param detail one line for people, such as the plan's summary or the step that failed; may be empty
 */
public record CiRun(
        String id,
        String title,
        String commit,
        State state,
        Instant started,
        @Nullable Instant ended,
        String detail) {
    /** Where a run is. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED
    }
}
