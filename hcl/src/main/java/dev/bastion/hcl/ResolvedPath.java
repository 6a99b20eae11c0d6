package dev.bastion.hcl;

import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.syntax.TokenRange;

/** Where a path leads, whatever stands there. */
sealed interface ResolvedPath {
    /** An expression: the value of an attribute or of an item. */
    record Expression(TokenRange range) implements ResolvedPath {}

    /** The body of a block, without its braces. */
    record Inside(TokenRange body) implements ResolvedPath {}

    /** No one place, and why. */
    record Nowhere(Location why) implements ResolvedPath {}
}
