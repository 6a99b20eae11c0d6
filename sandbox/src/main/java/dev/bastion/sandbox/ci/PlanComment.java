package dev.bastion.sandbox.ci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** The comment with the result of a plan: one for each environment of a pull request, edited by later plans. */
final class PlanComment {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;

    private final CiSettings settings;
    private final HttpClient http = HttpClient.newHttpClient();

    PlanComment(CiSettings settings) {
        this.settings = settings;
    }

    /** @param token the run's own */
    void say(String token, int pullRequest, String environment, String markdown)
            throws IOException, InterruptedException {
        String mark = "<!-- bastion plan " + environment + " -->";
        String body =
                JSON.createObjectNode().put("body", mark + "\n" + markdown).toString();
        Optional<String> before = said(token, pullRequest, mark);
        if (before.isPresent()) {
            call(token, "PATCH", "/issues/comments/" + before.get(), body);
        } else {
            call(token, "POST", "/issues/" + pullRequest + "/comments", body);
        }
    }

    private Optional<String> said(String token, int pullRequest, String mark) throws IOException, InterruptedException {
        for (int page = 1; ; page++) {
            JsonNode comments =
                    call(token, "GET", "/issues/" + pullRequest + "/comments?per_page=" + PAGE + "&page=" + page, "");
            for (JsonNode comment : comments) {
                if (comment.path("body").asText("").startsWith(mark)) {
                    return Optional.of(comment.path("id").asText());
                }
            }
            if (comments.size() < PAGE) {
                return Optional.empty();
            }
        }
    }

    private JsonNode call(String token, String method, String path, String body)
            throws IOException, InterruptedException {
        URI address = URI.create(settings.server() + "/api/v3/repos/" + settings.repository() + path);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + token)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + address + ": HTTP " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
