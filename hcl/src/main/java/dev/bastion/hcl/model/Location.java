package dev.bastion.hcl.model;

/**
 * The location of a value by its path. Every case but {@link Found} has a problem: one sentence with file, line and
 * remedy.
 */
public sealed interface Location {
    /**
     * The one place of the value.
     *
     * @param span the bytes of the literal, quotes included
     * @param line its line, from 1
     */
    record Found(Span span, Literal literal, int line) implements Location {}

    /** The file has nothing at that path. */
    record NotFound(String problem) implements Location {}

    /** The file has, or may have, more than one value at that path. */
    record Ambiguous(String problem) implements Location {}

    /** The value cannot be replaced without evaluating it. */
    record Unsupported(String problem) implements Location {}
}
