package dev.bastion.access.port;

import dev.bastion.access.grant.Grant;
import java.util.Map;

/** The log of failures in a reconcile pass that did not stop it. No method throws. */
public interface ReconcileLog {
    /**
     * Logs one failure.
     *
     * @param event the event's constant id, like {@code proposal.review.failed}
     * @param fields the item, like {@code pull} or {@code environment}
     */
    void failed(String event, Map<String, String> fields, Throwable failure);

    /** Logs a grant that was still open well after its end, so its timer did not work. */
    void foundPastEnd(Grant grant);
}
