package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.sandbox.slack.model.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls with a JSON body, and answers as they came. */
final class RawHttp {
    private RawHttp() {}

    static JsonNode call(SlackServer server, String token, String method, String body) throws Exception {
        return Json.parse(post(server.apiUrl() + method, token, body).body()).orElseThrow();
    }

    static HttpResponse<String> post(String url, String token, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
