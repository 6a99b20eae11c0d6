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
     * @param waiting the requests that wait for approval, as they were last seen
     */
    public record Line(
            Standing standing,
            EnvironmentRules rules,
            Optional<Sighting> bastion,
            boolean looked,
            List<Proposal> waiting) {}

    private final GrantLedger ledger;
    private final BastionWatch watch;
    private final Optional<ProposalBoard> board;

    /** @param board empty when the service was given no forge */
    public ReportStatus(GrantLedger ledger, BastionWatch watch, Optional<ProposalBoard> board) {
        this.ledger = ledger;
        this.watch = watch;
        this.board = board;
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

    /**
     * What a proposal still wants, as the forge has it now.
     *
     * @return empty when it does not wait any more, or when the forge does not say
     * @throws LedgerUnreachable when the ledger could not be read
     */
    public Optional<List<Wanting>> wantedBy(Proposal proposal) {
        AccessPolicy policy = ledger.read().policy();
        EnvironmentRules rules = policy.rulesOf(proposal.environment());
        return lookAt(proposal)
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Waiting)
                .map(seen -> ReviewCount.of(seen, rules, policy.people()).wanting(seen, rules));
    }

    private Optional<ProposalSnapshot> lookAt(Proposal proposal) {
        try {
            return board.flatMap(others -> others.lookAt(proposal.number()));
        } catch (ObservationFailed _) {
            return Optional.empty();
        }
    }

    private List<Proposal> waiting(EnvironmentName environment) {
        return board.stream()
                .flatMap(others -> others.lastSeenWaiting().stream())
                .filter(proposal -> proposal.environment().equals(environment))
                .toList();
    }

    private Optional<List<Sighting>> look() {
        try {
            return Optional.of(watch.look());
        } catch (ObservationFailed _) {
            return Optional.empty();
        }
    }

    private Line line(LedgerSnapshot snapshot, Standing standing, Optional<List<Sighting>> seen) {
        Optional<Sighting> bastion = seen.stream()
                .flatMap(List::stream)
                .filter(sighting ->
                        sighting.environment().equals(standing.environment().resourceName()))
                .findFirst();
        return new Line(
                standing,
                snapshot.policy().rulesOf(standing.environment()),
                bastion,
                seen.isPresent(),
                waiting(standing.environment()));
    }
}
