package dev.bastion.access;

import java.util.List;
import java.util.Optional;

/** Where everything stands: the ledger's word, and what is seen. */
public final class ReportStatus {
    /**
     * One environment.
     *
     * @param bastion what is seen of it; empty when none is seen, or when looking failed
     * @param looked whether looking worked
     */
    public record Line(Standing standing, EnvironmentRules rules, Optional<Sighting> bastion, boolean looked) {}

    private final GrantLedger ledger;
    private final BastionWatch watch;

    public ReportStatus(GrantLedger ledger, BastionWatch watch) {
        this.ledger = ledger;
        this.watch = watch;
    }

    /**
     * Every environment, by name.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     */
    public List<Line> all() {
        LedgerSnapshot snapshot = ledger.read();
        Optional<List<Sighting>> seen = look();
        return snapshot.standings().values().stream()
                .map(standing -> line(snapshot, standing, seen))
                .toList();
    }

    private Optional<List<Sighting>> look() {
        try {
            return Optional.of(watch.look());
        } catch (ObservationFailed _) {
            return Optional.empty();
        }
    }

    private static Line line(LedgerSnapshot snapshot, Standing standing, Optional<List<Sighting>> seen) {
        Optional<Sighting> bastion = seen.stream()
                .flatMap(List::stream)
                .filter(sighting ->
                        sighting.environment().equals(standing.environment().resourceName()))
                .findFirst();
        return new Line(standing, snapshot.policy().rulesOf(standing.environment()), bastion, seen.isPresent());
    }
}
