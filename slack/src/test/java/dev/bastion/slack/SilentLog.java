package dev.bastion.slack;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ReconcileLog;
import java.util.Map;

/** A log of the reconcile pass that keeps nothing: what fails is thrown in these tests. */
final class SilentLog implements ReconcileLog {
    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {}

    @Override
    public void alarm(AlarmKind kind, Map<String, String> fields) {}

    @Override
    public void foundPastEnd(Grant grant) {}
}
