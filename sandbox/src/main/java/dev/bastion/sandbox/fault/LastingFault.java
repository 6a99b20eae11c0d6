package dev.bastion.sandbox.fault;

/** A fault that a platform's list names and that stays until it is switched off. */
public interface LastingFault {
    /** Unique in its platform, like {@code DOWN}. */
    String name();

    /** Its name for people. */
    String title();

    /** One sentence: what clients see. */
    String effect();
}
