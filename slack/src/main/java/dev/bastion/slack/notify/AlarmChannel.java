package dev.bastion.slack.notify;

import dev.bastion.access.port.AlarmKind;
import java.util.Set;

/** The channel as the place of alarms that concern no grant in particular. No method blocks. */
public interface AlarmChannel {
    /** Posts the alarm, unless it stands in the channel. */
    void raise(ChannelAlarm alarm);

    /**
     * Shows that the alarms of the kind do not stand any more, those of earlier processes included.
     *
     * @param causes the causes that stand
     */
    void resolveOthers(AlarmKind kind, Set<String> causes);

    /** Posts the news that an alarm is over; Slack sends no notification for an edit. */
    void tell(String text);
}
