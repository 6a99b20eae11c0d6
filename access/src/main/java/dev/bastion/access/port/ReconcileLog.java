package dev.bastion.access.port;

import dev.bastion.access.grant.Grant;
import java.util.Map;

/** The log of what a reconcile pass found: failures that did not stop it, and alarms. No method throws. */
public interface ReconcileLog {
    /**
     * Logs one failure.
     *
     * @param event the event's constant id, like {@code proposal.review.failed}
     * @param fields the item, like {@code pull} or {@code environment}
     */
    void failed(String event, Map<String, String> fields, Throwable failure);

    /** Logs and counts an alarm. */
    void alarm(AlarmKind kind, Map<String, String> fields);

    /** Logs a grant that was still open well after its end, so its timer did not work. */
    void foundPastEnd(Grant grant);
}
