package dev.bastion.github.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request.
 *
 * @param path what follows the interface's address, each part as it is: encoding them is done later
 * @param body becomes JSON; empty for none
 * @param repeatable whether doing it twice is the same as once
 */
public record ApiCall(
        String method, List<String> path, Map<String, String> query, Map<String, ?> body, boolean repeatable) {
    public ApiCall {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        body = Map.copyOf(body);
    }

    public static ApiCall get(String... path) {
        return new ApiCall("GET", List.of(path), Map.of(), Map.of(), true);
    }

    /** What brings something about, which a second time might bring about twice. */
    public static ApiCall post(Map<String, ?> body, String... path) {
        return new ApiCall("POST", List.of(path), Map.of(), body, false);
    }

    public static ApiCall put(Map<String, ?> body, String... path) {
        return new ApiCall("PUT", List.of(path), Map.of(), body, false);
    }

    /** What sets something, which may be set again. */
    public static ApiCall patch(Map<String, ?> body, String... path) {
        return new ApiCall("PATCH", List.of(path), Map.of(), body, true);
    }

    static ApiCall delete(String... path) {
        return new ApiCall("DELETE", List.of(path), Map.of(), Map.of(), true);
    }

    public ApiCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new ApiCall(method, path, more, body, repeatable);
    }

    /** The same, where it is known that a second time changes nothing. */
    public ApiCall asRepeatable() {
        return new ApiCall(method, path, query, body, true);
    }

    /** As people read it in a log: without the query and the body. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }
}
