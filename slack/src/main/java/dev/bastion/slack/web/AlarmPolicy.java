package dev.bastion.slack.web;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import java.time.Duration;

/** When a grant that does not end as it should is said aloud: an edited message makes no sound. */
public final class AlarmPolicy {
    /** A grant may be seen past its end for a moment while its reversion is being written. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private AlarmPolicy() {}

    public static boolean isDue(GrantStatus story) {
        return switch (story.stage()) {
            case GrantStage.Overdue(Duration by) -> by.compareTo(PATIENCE) >= 0;
            case GrantStage.Lingering _ -> true;
            case GrantStage.Applying _,
                    GrantStage.ApplyFailed _,
                    GrantStage.Ready _,
                    GrantStage.EndsSoon _,
                    GrantStage.Closing _,
                    GrantStage.Gone _ -> false;
        };
    }
}
