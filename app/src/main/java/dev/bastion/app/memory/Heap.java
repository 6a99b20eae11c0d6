package dev.bastion.app.memory;

/** The heap of a Java machine. */
interface Heap {
    /** The bytes that the Java machine holds for objects, used or not. */
    long committed();

    /** How many collections there have been. */
    long collections();

    /** Collects everything and gives back what the Java machine's options say is too much. */
    void collect();
}
