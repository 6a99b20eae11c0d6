package dev.bastion.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the small GitHub.
 *
 * @param content becomes JSON; a list is answered in pages; null for no body
 */
public record FakeResponse(int status, @Nullable Object content, Map<String, String> headers) {
    public static FakeResponse of(int status, Object content) {
        return new FakeResponse(status, content, Map.of());
    }

    public static FakeResponse nothing() {
        return new FakeResponse(204, null, Map.of());
    }

    public static FakeResponse list(List<?> items) {
        return of(200, List.copyOf(items));
    }

    public static FakeResponse message(int status, String message) {
        return of(status, Map.of("message", message));
    }

    /** GitHub's 422, with what is wrong beneath its message. */
    public static FakeResponse invalid(String what) {
        return of(422, Map.of("message", "Validation Failed", "errors", List.of(Map.of("message", what))));
    }

    public FakeResponse with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new FakeResponse(status, content, more);
    }
}
