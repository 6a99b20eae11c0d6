package dev.bastion.hcl;

/** Tokens in a row: {@code from} the first, {@code to} the one after the last. */
record Range(int from, int to) {
    boolean isEmpty() {
        return from == to;
    }
}
