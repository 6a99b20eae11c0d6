package dev.bastion.slack.web;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import java.time.Duration;

/** The rule for which stages alarm the channel with a new message, because Slack sends no notification for an edit. */
public final class AlarmPolicy {
    /** A grant may be past its end for a moment while its reversion is being recorded. */
    public static final Duration PATIENCE = Duration.ofMinutes(1);

    private AlarmPolicy() {}

    public static boolean isDue(GrantStatus status) {
        return switch (status.stage()) {
            case GrantStage.Overdue(Duration by) -> by.compareTo(PATIENCE) >= 0;
            case GrantStage.Lingering _ -> true;
            case GrantStage.Applying _,
                    GrantStage.ApplyFailed _,
                    GrantStage.Ready _,
                    GrantStage.EndsSoon _,
                    GrantStage.Unreadable _,
                    GrantStage.Closing _,
                    GrantStage.Gone _ -> false;
        };
    }
}
