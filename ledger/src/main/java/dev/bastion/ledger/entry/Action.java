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
    /** A person ends the grant before its time. */
    END,
    EXPIRE;

    private static final String OLD_END = "revoke";

    /** The action with this word; {@code revoke} is {@link #END} in older ledgers. */
    static Optional<Action> fromWord(String word) {
        String current = word.equals(OLD_END) ? END.word() : word;
        return Stream.of(values())
                .filter(action -> action.word().equals(current))
                .findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
