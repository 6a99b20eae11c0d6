package dev.bastion.sandbox.github.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.github.account.Account;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check run: an app's result for a commit.
 *
 * @param status queued, in_progress or completed
 * @param conclusion GitHub's word once it is completed; empty before
 * @param output title, summary and text, as they were given
 */
public record CheckRun(
        long id,
        String commit,
        String name,
        String status,
        String conclusion,
        String detailsUrl,
        String externalId,
        JsonNode output,
        Account creator,
        Instant started,
        @Nullable Instant completed) {
    /** Its state in the words of a commit status: pending, success or failure. */
    public String word() {
        return switch (verdict()) {
            case MISSING, PENDING -> "pending";
            case FAILING -> "failure";
            case PASSED -> "success";
        };
    }

    /** Its output's title, for people; may be empty. */
    public String title() {
        return output.path("title").asText("");
    }

    public CheckState verdict() {
        if (!status.equals("completed")) {
            return CheckState.PENDING;
        }
        return switch (conclusion) {
            case "success", "neutral", "skipped" -> CheckState.PASSED;
            default -> CheckState.FAILING;
        };
    }
}
