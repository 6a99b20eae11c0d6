package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The API's answers as lines for people. */
final class AnswerText {
    private AnswerText() {}

    static String of(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        if (answer.has("environments")) {
            answer.get("environments").forEach(environment -> lines.add(environment(environment)));
        } else if (answer.has("grants")) {
            answer.get("grants").forEach(grant -> lines.add(grant(grant)));
        } else if (answer.has("requester")) {
            lines.add(request(answer));
        } else {
            lines.add(grant(answer));
            lines.addAll(pendingEnd(answer));
        }
        answer.path("outages").forEach(outage -> lines.add(visible(outage, "detail")));
        return lines.isEmpty() ? "none" : String.join(System.lineSeparator(), lines);
    }

    private static String environment(JsonNode environment) {
        if (environment.has("grant")) {
            return grant(environment.get("grant"));
        }
        String name = visible(environment, "name");
        return environment.has("problem")
                ? name + ": unclear, " + visible(environment, "problem")
                : name + ": closed" + (environment.path("waiting").isEmpty() ? "" : ", a request waits");
    }

    private static String request(JsonNode request) {
        if (request.has("grant")) {
            return grant(request.get("grant"));
        }
        String page = request.at("/pull_request/url").asText("");
        String start = request.has("not_before") ? " from " + visible(request, "not_before") : "";
        return visible(request, "environment") + ": " + visible(request, "state") + start + ", request "
                + visible(request, "id") + (page.isEmpty() ? "" : ", " + page);
    }

    private static String grant(JsonNode grant) {
        String end = grant.path("state").asText().equals("open")
                ? " until " + visible(grant, "expires_at")
                        + grant.path("bastion").path("state").asText("").transform(AnswerText::bastion)
                : " at " + visible(grant, "ended_at") + " (" + visible(grant, "end") + ")";
        return visible(grant, "environment") + ": " + visible(grant, "state") + " for "
                + visible(grant.path("holder"), "name") + end + ", grant " + visible(grant, "id");
    }

    private static List<String> pendingEnd(JsonNode grant) {
        return grant.has("end_pending") ? List.of(visible(grant.get("end_pending"), "detail")) : List.of();
    }

    private static String bastion(String state) {
        return state.isEmpty() || state.equals("unknown") ? "" : ", bastion " + state;
    }

    /** A terminal must not take orders from what a person wrote. */
    private static String visible(JsonNode node, String field) {
        return node.path(field).asText("").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
