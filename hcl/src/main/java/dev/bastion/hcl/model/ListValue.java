package dev.bastion.hcl.model;

import java.util.List;
import java.util.Optional;

/** {@code [a, b]}: its elements in order, each literal or not. */
public record ListValue(List<Value> elements) implements Value {
    public ListValue {
        elements = List.copyOf(elements);
    }

    @Override
    public Optional<NotLiteral> firstNotLiteral() {
        return elements.stream()
                .flatMap(value -> value.firstNotLiteral().stream())
                .findFirst();
    }
}
