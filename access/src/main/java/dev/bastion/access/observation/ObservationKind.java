package dev.bastion.access.observation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The kind with this word. */
    public static Optional<ObservationKind> fromWord(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The word that stands in the ledger. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
