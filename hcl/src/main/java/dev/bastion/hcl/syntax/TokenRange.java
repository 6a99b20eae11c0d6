package dev.bastion.hcl.syntax;

/** Tokens in a row: {@code from} the first, {@code to} the one after the last. */
public record TokenRange(int from, int to) {
    boolean isEmpty() {
        return from == to;
    }
}
