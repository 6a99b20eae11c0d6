package dev.bastion.simulation.service;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.simulation.world.Gate;
import java.util.Map;
import java.util.function.Consumer;

/** A log that reports failures which no interface declares: the service survives them, and part of its work was not done. */
final class UnexpectedFailures implements ReconcileLog {
    private final ReconcileLog log;
    private final Gate gate;
    private final Consumer<Throwable> report;

    /** @param gate of the process; what fails because it was killed is expected */
    UnexpectedFailures(ReconcileLog log, Gate gate, Consumer<Throwable> report) {
        this.log = log;
        this.gate = gate;
        this.report = report;
    }

    @Override
    public void failed(String event, Map<String, String> fields, Throwable failure) {
        log.failed(event, fields, failure);
        if (!(failure instanceof CallFailed) && !gate.isDead()) {
            report.accept(failure);
        }
    }

    @Override
    public void alarm(AlarmKind kind, Map<String, String> fields) {
        log.alarm(kind, fields);
    }

    @Override
    public void foundPastEnd(Grant grant) {
        log.foundPastEnd(grant);
    }
}
