package dev.bastion.access.telemetry;

/** The trace of each grant: its steps from the command to the bastion's end. No method throws or waits. */
public interface GrantTrace {
    /** Keeps nothing. */
    GrantTrace NONE = _ -> {};

    /** Takes a step that has ended. Repeating the call changes nothing. */
    void record(TraceStep step);
}
