package dev.bastion.sandbox.world;

import java.util.List;

/** Tools a world needs are not on this machine; the message has each with the command that installs it. */
public final class ToolsMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    ToolsMissing(List<String> missing) {
        super("this needs tools that are not here:\n  " + String.join("\n  ", missing));
    }
}
