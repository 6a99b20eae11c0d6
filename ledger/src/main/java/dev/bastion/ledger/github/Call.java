package dev.bastion.ledger.github;

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
record Call(String method, List<String> path, Map<String, String> query, Map<String, ?> body, boolean repeatable) {
    Call {
        path = List.copyOf(path);
        query = Map.copyOf(query);
        body = Map.copyOf(body);
    }

    static Call get(String... path) {
        return new Call("GET", List.of(path), Map.of(), Map.of(), true);
    }

    /** What brings something about, which a second time might bring about twice. */
    static Call post(Map<String, ?> body, String... path) {
        return new Call("POST", List.of(path), Map.of(), body, false);
    }

    static Call put(Map<String, ?> body, String... path) {
        return new Call("PUT", List.of(path), Map.of(), body, false);
    }

    /** What sets something, which may be set again. */
    static Call patch(Map<String, ?> body, String... path) {
        return new Call("PATCH", List.of(path), Map.of(), body, true);
    }

    static Call delete(String... path) {
        return new Call("DELETE", List.of(path), Map.of(), Map.of(), true);
    }

    Call with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(query);
        more.put(name, value);
        return new Call(method, path, more, body, repeatable);
    }

    /** The same, where it is known that a second time changes nothing. */
    Call asRepeatable() {
        return new Call(method, path, query, body, true);
    }

    /** As people read it in a log: without the query and the body. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", path);
    }
}
