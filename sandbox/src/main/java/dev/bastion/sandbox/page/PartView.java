package dev.bastion.sandbox.page;

/**
 * A part of the sandbox.
 *
 * @param name for people: {@code service}, {@code CI}, {@code AWS emulator}
 * @param detail one line for people: an address, what it waits for, what went wrong; may be empty
 */
public record PartView(String name, State state, String detail) {
    /** How a part is. */
    public enum State {
        STARTING,
        UP,
        DOWN
    }
}
