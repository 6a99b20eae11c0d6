package dev.bastion.hcl.model;

import java.util.Optional;

/** What stands to the right of an equals sign, as far as it can be known without evaluating anything. */
public sealed interface Value permits Literal, ListValue, ObjectValue, NotLiteral {
    /** The first part that is not a literal, this value itself or something in it; empty when all of it is literal. */
    Optional<NotLiteral> firstNotLiteral();
}
