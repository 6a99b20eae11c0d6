package dev.bastion.access.observation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kind of an observation. */
public enum ObservationKind {
    READY,
    GONE,
    SESSIONS,
    APPROVE,
    DENY,
    LAPSE,
    WITHDRAW,
    REFUSE;

    private static final List<ObservationKind> ALL = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The kind with this word. */
    public static Optional<ObservationKind> fromWord(String word) {
        for (ObservationKind kind : ALL) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The word that stands in the ledger. */
    public String word() {
        return word;
    }
}
