package dev.bastion.hcl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * <code>{ a = 1, b = 2 }</code>: its items in the order of the file, each literal or not. An item whose key would have to
 * be evaluated stands under its source text, with a {@link NotLiteral}.
 */
public record ObjectValue(Map<String, Value> items) implements Value {
    public ObjectValue {
        items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
    }

    @Override
    public Optional<NotLiteral> firstNotLiteral() {
        return items.values().stream()
                .flatMap(value -> value.firstNotLiteral().stream())
                .findFirst();
    }
}
