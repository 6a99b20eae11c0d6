package dev.bastion.app.replica;

import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.AlarmChannel;
import dev.bastion.slack.notify.ChannelAlarm;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The channel for alarms, in which news, which Slack cannot tell apart from a repetition, come from the leader alone. */
record LeaderNews(AlarmChannel channel, BooleanSupplier leads) implements AlarmChannel {
    @Override
    public void raise(ChannelAlarm alarm) {
        channel.raise(alarm);
    }

    @Override
    public void resolveOthers(AlarmKind kind, Set<String> causes) {
        channel.resolveOthers(kind, causes);
    }

    @Override
    public void tell(String text) {
        if (leads.getAsBoolean()) {
            channel.tell(text);
        }
    }
}
