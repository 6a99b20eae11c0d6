package dev.bastion.ledger.entry;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The action of an entry: the value of its {@code Bastion-Action} trailer. */
public enum Action {
    OPEN,
    /** The clock of an approved grant starts. */
    START,
    EXTEND,
    /** An approver approves a grant that was opened by break-glass. */
    APPROVE,
    REVOKE,
    EXPIRE;

    static Optional<Action> fromWord(String word) {
        return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
