package dev.bastion.access;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.UnexplainedInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The status of environments: what the ledger says and what is observed. */
public final class ReportStatus {
    /**
     * The status of one environment.
     *
     * @param looked whether bastions could be observed
     * @param breakGlass the access that no approver has approved, open or over
     */
    public record Line(
            EnvironmentState state,
            EnvironmentRules rules,
            Optional<BastionObservation> bastion,
            boolean looked,
            List<Proposal> waiting,
            List<Grant> breakGlass) {}

    private final GrantLedger ledger;
    private final BastionMonitor bastions;
    private final ProposalRepository proposals;
    private final Supplier<List<UnexplainedInstance>> unexplained;
    private final ReconcileLog log;

    public ReportStatus(
            GrantLedger ledger,
            BastionMonitor bastions,
            ProposalRepository proposals,
            Supplier<List<UnexplainedInstance>> unexplained,
            ReconcileLog log) {
        this.log = log;
        this.ledger = ledger;
        this.bastions = bastions;
        this.proposals = proposals;
        this.unexplained = unexplained;
    }

    /** Every environment, by name. One whose line fails is shown as unclear and keeps no other from being shown. */
    public List<Line> all() {
        var snapshot = ledger.read();
        var breakGlass = snapshot.breakGlassWithoutApproval();
        var failures = new FailureCollector(log);
        var seen = observed(failures, () -> Optional.of(bastions.look()));
        var lines = new ArrayList<Line>();
        for (var state : snapshot.states().values()) {
            boolean isShown = failures.returnsTrue(
                    "status.line.failed",
                    Map.of("environment", state.environment().value()),
                    () -> lines.add(line(state, snapshot.policy(), seen, breakGlass)));
            if (!isShown) {
                lines.add(failed(state.environment(), snapshot.policy()));
            }
        }
        return List.copyOf(lines);
    }

    private static Line failed(EnvironmentName environment, AccessPolicy policy) {
        var state = new EnvironmentState.Unclear(
                environment, "its status cannot be shown, and the service's log says why. Its grant ends all the same");
        return new Line(state, policy.rulesOf(environment), Optional.empty(), false, List.of(), List.of());
    }

    /** The instances that no grant explains, as of the last inventory. */
    public List<UnexplainedInstance> unexplained() {
        return unexplained.get();
    }

    /** What a proposal waits for, as GitHub has it now; empty when it waits no more, or GitHub does not answer. */
    public Optional<List<UnmetRequirement>> unmetBy(Proposal proposal) {
        var policy = ledger.read().policy();
        return observed(new FailureCollector(log), () -> proposals.lookAt(proposal.number()))
                .filter(ProposalSnapshot::isWaiting)
                .map(seen -> ProposalEvaluator.ofReviews(policy, seen).unmet());
    }

    /** Empty when the observation fails, however it does. */
    private static <T> Optional<T> observed(FailureCollector failures, Supplier<Optional<T>> look) {
        var seen = new ArrayList<T>();
        failures.attempt("status.observation.failed", Map.of(), () -> look.get().ifPresent(seen::add));
        return seen.stream().findFirst();
    }

    private Line line(
            EnvironmentState state,
            AccessPolicy policy,
            Optional<List<BastionObservation>> seen,
            List<Grant> breakGlass) {
        var environment = state.environment();
        var bastion = seen.stream()
                .flatMap(List::stream)
                .filter(observation -> observation.environment().equals(environment.resourceName()))
                .findFirst();
        var waiting = proposals.lastSeenWaiting().stream()
                .filter(proposal -> proposal.environment().equals(environment))
                .toList();
        var unanswered = breakGlass.stream()
                .filter(grant -> grant.environment().equals(environment))
                .toList();
        return new Line(state, policy.rulesOf(environment), bastion, seen.isPresent(), waiting, unanswered);
    }
}
