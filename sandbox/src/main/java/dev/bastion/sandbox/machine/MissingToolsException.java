package dev.bastion.sandbox.machine;

import java.util.List;

/** The lack of tools that the sandbox needs; the message lists each with the command that installs it. */
public final class MissingToolsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MissingToolsException(List<String> missing) {
        super("these tools are missing:\n  " + String.join("\n  ", missing));
    }
}
