package dev.bastion.cli.audit;

import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.Period;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that bound the time of an answer. */
final class PeriodOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The beginning of the period, like 2026-01-01 or 2026-01-01T10:30Z; UTC unless it says so.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "The end of the period, which it does not include.")
    private Optional<Instant> to = Optional.empty();

    /** Whether any of a grant's access is in the period. */
    boolean includes(GrantRecord grant) {
        return grant.access().overlaps(period());
    }

    /** The last moment of the period; empty for the head. */
    Optional<Instant> to() {
        return to;
    }

    Period period() {
        return new Period(from, to);
    }
}
