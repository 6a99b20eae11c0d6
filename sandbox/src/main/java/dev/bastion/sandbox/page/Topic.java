package dev.bastion.sandbox.page;

/** A part of the page that changes without an action on it. */
public enum Topic {
    /** Messages, ephemerals, modals, homes, people. */
    SLACK,
    /** Commits on the ledger's branch. */
    LEDGER,
    /** CI runs and what they print. */
    RUNS,
    INSTANCES,
    PULL_REQUESTS,
    /** The state of the sandbox's parts. */
    PARTS
}
