package dev.bastion.sandbox.github.status;

import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;

/**
 * A commit status.
 *
 * @param state pending, success, failure or error
 * @param description at most 140 characters, may be empty
 * @param targetUrl the page with details; may be empty
 */
public record CommitStatus(
        long id,
        String commit,
        String context,
        String state,
        String description,
        String targetUrl,
        Account creator,
        Instant at) {
    public CheckState verdict() {
        return switch (state) {
            case "pending" -> CheckState.PENDING;
            case "success" -> CheckState.PASSED;
            default -> CheckState.FAILING;
        };
    }
}
