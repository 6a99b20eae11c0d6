package dev.bastion.access;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.UnmetRequirement;
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
            EnvironmentState state,
            EnvironmentRules rules,
            Optional<BastionObservation> bastion,
            boolean looked,
            List<Proposal> waiting) {}

    private final GrantLedger ledger;
    private final BastionMonitor watch;
    private final ProposalRepository proposals;

    public ReportStatus(GrantLedger ledger, BastionMonitor watch, ProposalRepository proposals) {
        this.ledger = ledger;
        this.watch = watch;
        this.proposals = proposals;
    }

    /**
     * Every environment, by name.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     */
    public List<Line> all() {
        LedgerSnapshot snapshot = ledger.read();
        Optional<List<BastionObservation>> seen = look();
        return snapshot.states().values().stream()
                .map(state -> line(snapshot, state, seen))
                .toList();
    }

    /**
     * What a proposal still wants, as the forge has it now.
     *
     * @return empty when it does not wait any more, or when the forge does not say
     * @throws LedgerUnreachable when the ledger could not be read
     */
    public Optional<List<UnmetRequirement>> unmetBy(Proposal proposal) {
        AccessPolicy policy = ledger.read().policy();
        return lookAt(proposal)
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Waiting)
                .map(seen -> policy.evaluateReviews(seen).unmet());
    }

    private Optional<ProposalSnapshot> lookAt(Proposal proposal) {
        try {
            return proposals.lookAt(proposal.number());
        } catch (ObservationFailed _) {
            return Optional.empty();
        }
    }

    private List<Proposal> waiting(EnvironmentName environment) {
        return proposals.lastSeenWaiting().stream()
                .filter(proposal -> proposal.environment().equals(environment))
                .toList();
    }

    private Optional<List<BastionObservation>> look() {
        try {
            return Optional.of(watch.look());
        } catch (ObservationFailed _) {
            return Optional.empty();
        }
    }

    private Line line(LedgerSnapshot snapshot, EnvironmentState state, Optional<List<BastionObservation>> seen) {
        Optional<BastionObservation> bastion = seen.stream()
                .flatMap(List::stream)
                .filter(observation ->
                        observation.environment().equals(state.environment().resourceName()))
                .findFirst();
        return new Line(
                state,
                snapshot.policy().rulesOf(state.environment()),
                bastion,
                seen.isPresent(),
                waiting(state.environment()));
    }
}
