package dev.bastion.access.port;

import dev.bastion.access.grant.Grant;
import java.util.Map;

/** The log of what went wrong in a reconcile pass while the rest of the pass went on. No method throws. */
public interface ReconcileLog {
    /**
     * Logs one failure.
     *
     * @param event the event's constant id, like {@code proposal.review.failed}
     * @param fields what it was about, like {@code pull} or {@code environment}
     */
    void failed(String event, Map<String, String> fields, Throwable failure);

    /** Logs a grant that was still open well after its end, so its timer did not work. */
    void foundPastEnd(Grant grant);
}
