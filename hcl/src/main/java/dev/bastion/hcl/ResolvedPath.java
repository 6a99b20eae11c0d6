package dev.bastion.hcl;

import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.syntax.TokenRange;

/** The result of a path resolution. */
sealed interface ResolvedPath {
    /** An expression: the value of an attribute or of an item. */
    record Expression(TokenRange range) implements ResolvedPath {}

    /** The body of a block, without its braces. */
    record BlockBody(TokenRange body) implements ResolvedPath {}

    /** Not exactly one place, with the reason. */
    record Unresolved(Location why) implements ResolvedPath {}
}
