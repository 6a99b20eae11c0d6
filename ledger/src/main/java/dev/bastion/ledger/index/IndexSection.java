package dev.bastion.ledger.index;

/** The sections of an index, in their order in its file. Each is read without the others, and may be empty. */
public enum IndexSection {
    /** What the commits said, oldest first. */
    EVENTS,
    /** What the end of the history said: the next commit can change it. */
    REST,
    /** The reader's state after the last commit, from which the next reader goes on. */
    STATE,
    /** What tells whether the others can be used. */
    SUMMARY
}
