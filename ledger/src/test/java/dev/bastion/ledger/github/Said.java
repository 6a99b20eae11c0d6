package dev.bastion.ledger.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the small GitHub.
 *
 * @param content becomes JSON; a list is answered in pages; null for no body
 */
record Said(int status, @Nullable Object content, Map<String, String> headers) {
    static Said of(int status, Object content) {
        return new Said(status, content, Map.of());
    }

    static Said nothing() {
        return new Said(204, null, Map.of());
    }

    static Said list(List<?> items) {
        return of(200, List.copyOf(items));
    }

    static Said message(int status, String message) {
        return of(status, Map.of("message", message));
    }

    /** GitHub's 422, with what is wrong beneath its message. */
    static Said invalid(String what) {
        return of(422, Map.of("message", "Validation Failed", "errors", List.of(Map.of("message", what))));
    }

    Said with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Said(status, content, more);
    }
}
