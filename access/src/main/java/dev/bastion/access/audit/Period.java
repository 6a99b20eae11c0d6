package dev.bastion.access.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * A period of time.
 *
 * @param from its first moment; empty for the beginning of the ledger
 * @param to the first moment after it; empty for the head
 */
public record Period(Optional<Instant> from, Optional<Instant> to) {
    public static final Period ALL = new Period(Optional.empty(), Optional.empty());

    public boolean includes(Instant moment) {
        return from.map(start -> !moment.isBefore(start)).orElse(true)
                && to.map(moment::isBefore).orElse(true);
    }
}
