package dev.bastion.hcl.model;

import java.util.Optional;

/** The value of an attribute, as far as it is known without evaluation. */
public sealed interface Value permits Literal, ListValue, ObjectValue, NotLiteral {
    /** The first part that is not a literal: this value or one inside it; empty when all parts are literal. */
    Optional<NotLiteral> firstNotLiteral();
}
