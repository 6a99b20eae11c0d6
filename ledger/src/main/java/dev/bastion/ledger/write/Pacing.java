package dev.bastion.ledger.write;

/** Who does the work of a ledger, and whether failed attempts pause. */
public enum Pacing {
    /** Threads of the ledger's own; attempts pause before they are repeated. */
    THREADS,
    /**
     * The caller of each method, one at a time: nothing happens between two calls, and attempts follow each other at once.
     * For a simulation, in which the same calls must have the same effects.
     */
    STEPS
}
