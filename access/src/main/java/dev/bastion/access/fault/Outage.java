package dev.bastion.access.fault;

import java.time.Instant;
import java.util.Optional;

/**
 * A system that cannot be read at present, so that what is shown of it is older.
 *
 * @param asOf when what is shown was read; empty when nothing was read since the start
 */
public record Outage(Fault fault, Optional<Instant> asOf) {}
