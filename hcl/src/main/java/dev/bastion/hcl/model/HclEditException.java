package dev.bastion.hcl.model;

import java.io.Serial;

/**
 * A file is not shaped so that the asked value can be read or replaced. The message names the file, the line and what to
 * do about it; trying again with the same file cannot help.
 */
public final class HclEditException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public HclEditException(String problem) {
        super(problem);
    }

    /** The problem as one sentence for people: {@code <file>:<line>: <what is wrong>. <What to do>.} */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
