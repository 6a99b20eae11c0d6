package dev.bastion.hcl.model;

import java.util.Optional;

/**
 * An expression that must be evaluated: a reference, a call, a conditional, or a template with an interpolation.
 *
 * @param source its source text
 * @param line its first line, from 1
 */
public record NotLiteral(String source, int line) implements Value {
    @Override
    public Optional<NotLiteral> firstNotLiteral() {
        return Optional.of(this);
    }
}
