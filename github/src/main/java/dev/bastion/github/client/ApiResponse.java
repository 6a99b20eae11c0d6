package dev.bastion.github.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Headers;

/** What GitHub answered. */
public record ApiResponse(int status, Headers headers, String body) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body; nothing where it is not JSON, as from a proxy in between. */
    public JsonNode json() {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    /** @throws GithubUnavailable when it is not what was asked for: somebody else answers in GitHub's place */
    public <T> T as(Class<T> shape) throws IOException {
        try {
            return JSON.readValue(body, shape);
        } catch (JsonProcessingException e) {
            throw GithubUnavailable.broken(new IOException("its answer cannot be read: " + e.getOriginalMessage(), e));
        }
    }
}
