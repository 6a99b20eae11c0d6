package dev.bastion.sandbox.emulator;

import java.nio.file.Path;

/** A part of the world did not come up; its log says why. */
public final class NotStarted extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotStarted(String what, Path log) {
        super(what + "; its log: " + log);
    }
}
