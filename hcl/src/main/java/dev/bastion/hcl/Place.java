package dev.bastion.hcl;

/** Where a path leads, whatever stands there. */
sealed interface Place {
    /** An expression: the value of an attribute or of an item. */
    record Expression(Range range) implements Place {}

    /** The body of a block, without its braces. */
    record Inside(Range body) implements Place {}

    /** No one place, and why. */
    record Nowhere(Location why) implements Place {}
}
