package dev.bastion.access;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.state.UnexplainedInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The status of environments: what the ledger says and what is observed. */
public final class ReportStatus {
    private final GrantLedger ledger;
    private final BastionLook bastions;
    private final ProposalRepository proposals;
    private final LastReads lastReads;
    private final ReconcileLog log;

    public ReportStatus(
            GrantLedger ledger,
            BastionLook bastions,
            ProposalRepository proposals,
            LastReads lastReads,
            ReconcileLog log) {
        this.log = log;
        this.ledger = ledger;
        this.bastions = bastions;
        this.proposals = proposals;
        this.lastReads = lastReads;
    }

    /** One whose line fails is shown as unclear; of a system that does not answer, what was read last. */
    public StatusReport all() {
        var outages = new ArrayList<Outage>();
        var snapshot = snapshot(outages::add);
        var failures = new FailureCollector(log);
        var seen = bastions.all();
        outages.addAll(seen.outages());
        lastReads.pullRequests().ifPresent(outages::add);
        return report(snapshot, failures, seen, outages);
    }

    /** The same of what was read last; makes no call. */
    public StatusReport lastKnown() {
        return report(
                ledger.lastSeen(),
                new FailureCollector(log),
                lastReads.bastions(),
                lastReads.pullRequests().stream().toList());
    }

    private StatusReport report(
            LedgerSnapshot snapshot, FailureCollector failures, Sightings seen, List<Outage> outages) {
        return new StatusReport(lines(snapshot, failures, seen), snapshot.policy(), outages);
    }

    /** The ledger now, or as it was read last, with the outage. */
    public LedgerSnapshot snapshot(Consumer<Outage> outages) {
        try {
            return ledger.read();
        } catch (CallFailed e) {
            log.failed("status.ledger.failed", Map.of(), e);
            outages.accept(new Outage(e.fault(), lastReads.ledgerReadAt()));
            return ledger.lastSeen();
        }
    }

    private List<StatusReport.Line> lines(LedgerSnapshot snapshot, FailureCollector failures, Sightings seen) {
        var breakGlass = snapshot.breakGlassWithoutApproval();
        var lines = new ArrayList<StatusReport.Line>();
        for (var state : snapshot.states().values()) {
            var rules = snapshot.policy().rulesOf(state.environment());
            boolean isShown = failures.returnsTrue(
                    "status.line.failed",
                    Map.of("environment", state.environment().value()),
                    () -> lines.add(StatusReport.Line.of(
                            state, rules, seen.lastOf(state.environment()), proposals.lastSeenWaiting(), breakGlass)));
            if (!isShown) {
                lines.add(StatusReport.Line.failed(state.environment(), rules));
            }
        }
        return List.copyOf(lines);
    }

    /** The instances that no grant explains, as of the last inventory. */
    public List<UnexplainedInstance> unexplained() {
        return lastReads.unexplainedInstances();
    }

    /** What a proposal waits for now; empty when it waits no more, or GitHub does not answer. */
    public Optional<List<UnmetRequirement>> unmetBy(Proposal proposal) {
        var policy = snapshot(_ -> {}).policy();
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
}
