package dev.bastion.simulation.model;

import java.time.Instant;

/**
 * Since when the service can do its work; each is far in the future while it cannot.
 *
 * @param service since when a process runs
 * @param git since when git answers, with the service's clock right
 * @param github since when GitHub's REST interface answers
 * @param slack since when Slack answers
 */
public record Conditions(Instant service, Instant git, Instant github, Instant slack) {
    /** Since when grants can be ended. */
    Instant toEnd() {
        return later(service, git);
    }

    /** Since when people can be alarmed of what is in the ledger. */
    Instant toAlarm() {
        return later(later(toEnd(), github), slack);
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
