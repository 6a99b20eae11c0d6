package dev.bastion.app.slack;

import dev.bastion.access.GrantStory;
import dev.bastion.access.Stage;
import java.time.Duration;

/** When a grant that does not end as it should is said aloud: an edited message makes no sound. */
final class Alarm {
    /** A grant may be seen past its end for a moment while its reversion is being written. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private Alarm() {}

    static boolean isDue(GrantStory story) {
        return switch (story.stage()) {
            case Stage.Overdue(Duration by) -> by.compareTo(PATIENCE) >= 0;
            case Stage.Lingering _ -> true;
            case Stage.Applying _,
                    Stage.ApplyFailed _,
                    Stage.Ready _,
                    Stage.EndsSoon _,
                    Stage.Closing _,
                    Stage.Gone _ -> false;
        };
    }
}
