package dev.bastion.cli.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A connection to the API. The token is read for each call, since a wait can outlive one. */
final class ApiConnection implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(150);

    private final URI api;
    private final Supplier<String> token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ApiConnection(URI api, Supplier<String> token) {
        this.api = api;
        this.token = token;
    }

    ApiAnswer get(String path) {
        return call(request(path).GET());
    }

    /** @param key the same one when the same thing is asked again; empty for none */
    ApiAnswer post(String path, JsonNode body, Optional<String> key) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        key.ifPresent(given -> request.header("Idempotency-Key", given));
        return call(request);
    }

    ApiAnswer delete(String path) {
        return call(request(path).DELETE());
    }

    private HttpRequest.Builder request(String path) {
        String base = api.toString();
        return HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .timeout(LONGEST_CALL)
                .header("Accept", "application/json, application/problem+json");
    }

    private ApiAnswer call(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.header("Authorization", "Bearer " + token.get()).build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode body = parsed(response.body());
            if (response.statusCode() < 200 || response.statusCode() >= 300) {
                throw ApiFailed.refused(response.statusCode(), body);
            }
            return new ApiAnswer(response.statusCode(), body);
        } catch (IOException e) {
            throw ApiFailed.unreachable(api + " does not answer (" + e + "). Check --api, and try again.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiFailed.unreachable("the call of " + api + " was interrupted; it is not known whether it was done");
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
