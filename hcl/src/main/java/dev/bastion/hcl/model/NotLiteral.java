package dev.bastion.hcl.model;

import java.util.Optional;

/**
 * An expression that would have to be evaluated to be known: a reference, a call, a conditional, a template with an
 * interpolation.
 *
 * @param source how it is written, as it stands in the file
 * @param line the line it begins on, from 1
 */
public record NotLiteral(String source, int line) implements Value {
    @Override
    public Optional<NotLiteral> firstNotLiteral() {
        return Optional.of(this);
    }
}
