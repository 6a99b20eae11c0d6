package dev.bastion.sandbox.emulator;

import java.nio.file.Path;

/** The failure of a component of the sandbox to start; its message names the log. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartupException(String what, Path log) {
        super(what + "; see its log: " + log);
    }
}
