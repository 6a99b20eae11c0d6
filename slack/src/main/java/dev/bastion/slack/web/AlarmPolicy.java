package dev.bastion.slack.web;

import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;

/** The rule for which stages alarm the channel with a new message, because Slack sends no notification for an edit. */
public final class AlarmPolicy {
    private AlarmPolicy() {}

    public static boolean isDue(GrantStatus status) {
        return switch (status.stage()) {
            case GrantStage.Overdue overdue -> overdue.isAlarming();
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
