package dev.bastion.ledger.entry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    private static final List<Action> ALL = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The action with this word; {@code revoke} is {@link #END} in older ledgers. */
    static Optional<Action> fromWord(String word) {
        String current = word.equals(OLD_END) ? END.word() : word;
        for (Action action : ALL) {
            if (action.word.equals(current)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return word;
    }
}
