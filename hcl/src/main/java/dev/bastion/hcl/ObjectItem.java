package dev.bastion.hcl;

import java.util.Optional;

/**
 * One item of an object.
 *
 * @param token its first token
 * @param name the key; empty when it would have to be evaluated
 * @param key the expression of the key
 * @param expression the expression of the value
 */
record ObjectItem(int token, Optional<String> name, Range key, Range expression) {
    boolean isNamed(String wanted) {
        return name.isPresent() && name.get().equals(wanted);
    }

    boolean isComputed() {
        return name.isEmpty();
    }
}
