package dev.bastion.app.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A caller of the API. Each answer must be one that the API's description has for the route.
 *
 * @param token empty for none
 */
public record ApiClient(String address, String token) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** An answer: status, body and the header Location or Allow. */
    public record Answer(int status, String body, String contentType) {
        public JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The type of a problem, without its prefix. */
        public String problem() {
            return json().path("type").asText().replace("urn:bastion:problem:", "");
        }

        public String detail() {
            return json().path("detail").asText();
        }

        public String id() {
            return json().path("id").asText();
        }
    }

    public Answer get(String path) {
        return call("GET", path, "");
    }

    public Answer post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    public Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        boolean hasType = String.join(" ", headers).contains("Content-Type");
        if (!body.isEmpty() && !hasType) {
            request.header("Content-Type", "application/json");
        }
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Content-Type").orElse(""));
            ApiDescription.READ.requireDocumented(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
