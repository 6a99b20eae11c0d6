package dev.bastion.hcl.syntax;

import java.util.Optional;

/**
 * One item of an object.
 *
 * @param token its first token
 * @param name the key; empty when it must be evaluated
 * @param key the expression of the key
 * @param expression the expression of the value
 */
public record ObjectItem(int token, Optional<String> name, TokenRange key, TokenRange expression) {
    public boolean isNamed(String wanted) {
        return name.isPresent() && name.get().equals(wanted);
    }

    public boolean isComputed() {
        return name.isEmpty();
    }
}
