package dev.bastion.hcl.model;

import java.io.Serial;

/**
 * The fault that a value of an HCL file cannot be read or replaced. The message names file, line and remedy; a retry
 * with the same file cannot help.
 */
public final class HclException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public HclException(String problem) {
        super(problem);
    }

    /** The problem as one sentence for people: {@code <file>:<line>: <what is wrong>. <What to do>.} */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
