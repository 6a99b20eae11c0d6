package dev.bastion.app;

import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.AlarmChannel;
import dev.bastion.slack.notify.ChannelAlarm;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What would be posted to the channel, and which kinds were resolved but for which causes. */
public final class RecordedChannel implements AlarmChannel {
    public final List<String> posted = new CopyOnWriteArrayList<>();
    public final List<String> resolved = new CopyOnWriteArrayList<>();

    @Override
    public void raise(ChannelAlarm alarm) {
        posted.add(alarm.text());
    }

    @Override
    public void resolveOthers(AlarmKind kind, Set<String> causes) {
        resolved.add(kind + " but " + causes.stream().sorted().toList());
    }

    @Override
    public void tell(String text) {
        posted.add(text);
    }
}
