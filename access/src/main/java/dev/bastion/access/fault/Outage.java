package dev.bastion.access.fault;

import java.time.Instant;
import java.util.Optional;

/**
 * A system that cannot be read at present, so that what is shown of it is older.
 *
 * @param asOf when what is shown was read; empty when nothing was read since the start
 * @param part which part of the system it is, like {@code account prod (123456789012, eu-west-1)}; empty for all of it
 */
public record Outage(Fault fault, Optional<Instant> asOf, Optional<String> part) {
    /** An outage of the whole system. */
    public Outage(Fault fault, Optional<Instant> asOf) {
        this(fault, asOf, Optional.empty());
    }
}
