package dev.bastion.hcl.model;

import java.util.Optional;

/** A single literal value. Only literals are ever written. */
public sealed interface Literal extends Value permits NumberLiteral, StringLiteral, BooleanLiteral, NullLiteral {
    /** Its source text: one line that is never evaluated. */
    String hcl();

    @Override
    default Optional<NotLiteral> firstNotLiteral() {
        return Optional.empty();
    }
}
