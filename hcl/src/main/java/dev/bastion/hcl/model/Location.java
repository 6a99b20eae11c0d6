package dev.bastion.hcl.model;

/**
 * Where a path leads. Everything but {@link Found} carries a problem: one sentence that names the file, the line and what
 * to do.
 */
public sealed interface Location {
    /**
     * The one place of the value.
     *
     * @param span the bytes of the literal, quotes included
     * @param line the line it stands on, from 1
     */
    record Found(Span span, Literal literal, int line) implements Location {}

    /** The file has nothing at that path. */
    record NotFound(String problem) implements Location {}

    /** The file has, or may have, more than one value at that path. */
    record Ambiguous(String problem) implements Location {}

    /** Something is there that cannot be replaced by a literal without knowing what it means. */
    record Unsupported(String problem) implements Location {}
}
