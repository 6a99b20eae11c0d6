package dev.bastion.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an app found out about a commit.
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
    Verdict verdict() {
        if (!status.equals("completed")) {
            return Verdict.PENDING;
        }
        return switch (conclusion) {
            case "success", "neutral", "skipped" -> Verdict.PASSED;
            default -> Verdict.FAILING;
        };
    }
}
