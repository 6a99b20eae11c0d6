package dev.bastion.access;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ReconcileLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log of failures that is only looked at. */
public final class RecordedFailures implements ReconcileLog {
    public final List<String> events = new CopyOnWriteArrayList<>();
    public final List<String> alarms = new CopyOnWriteArrayList<>();
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();
    public final List<Grant> late = new CopyOnWriteArrayList<>();

    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {
        events.add(event + " " + fields);
        failures.add(failure);
    }

    @Override
    public void alarm(AlarmKind kind, Map<String, String> fields) {
        alarms.add(kind.event() + " " + new TreeMap<>(fields));
    }

    @Override
    public void foundPastEnd(Grant grant) {
        late.add(grant);
    }
}
