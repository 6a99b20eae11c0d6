package dev.bastion.ledger.entry;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an entry did: the word in its {@code Bastion-Action} trailer. */
public enum Action {
    OPEN,
    /** The clock of an approved grant starts. */
    START,
    EXTEND,
    /** Somebody approves after the fact what was opened without waiting for approval. */
    APPROVE,
    REVOKE,
    EXPIRE;

    static Optional<Action> called(String word) {
        return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
