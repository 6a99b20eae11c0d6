package dev.bastion.sandbox.page;

/**
 * A component of the sandbox and its state, as the page shows it.
 *
 * @param name for people: {@code service}, {@code CI}, {@code AWS emulator}
 * @param detail one line for people: an address, what it waits for, what went wrong; may be empty
 */
public record ComponentView(String name, State state, String detail) {
    /** How a part is. */
    public enum State {
        STARTING,
        UP,
        DOWN
    }
}
