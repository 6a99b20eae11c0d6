package dev.bastion.simulation.world;

/**
 * The end of the service's process between two steps. It is a kind of running out of memory because the service lets that end
 * the process wherever it happens, and nothing else.
 */
@SuppressWarnings("serial")
public final class Killed extends OutOfMemoryError {
    Killed() {
        super("the simulation killed the process");
    }
}
