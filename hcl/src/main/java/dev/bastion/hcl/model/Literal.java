package dev.bastion.hcl.model;

import java.util.Optional;

/** A single value that means what it says. Only these are ever written. */
public sealed interface Literal extends Value permits NumberLiteral, StringLiteral, BooleanLiteral, NullLiteral {
    /** As it is written in a file; one line, and no part of it is ever evaluated. */
    String hcl();

    @Override
    default Optional<NotLiteral> firstNotLiteral() {
        return Optional.empty();
    }
}
