package dev.bastion.access.troubleshooting;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.port.ApplyMonitor;
import dev.bastion.access.port.BastionDiagnostics;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The diagnosis of one environment: why nobody can connect, or why it does not end. It answers within ten seconds. */
public final class DiagnoseEnvironment {
    private static final Duration LEDGER_TAKES = Duration.ofSeconds(3);
    private static final Duration CHECKS_TAKE = Duration.ofSeconds(7);
    /** An ended grant is looked at for so long: its bastion may be there. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private final GrantLedger ledger;
    private final Sources sources;
    private final InstantSource clock;
    private final DiagnosisPace pace;

    /**
     * What the service reads besides the ledger.
     *
     * @param slackRefusals what Slack refuses for good, a line each
     */
    public record Sources(
            ObservationLog observations,
            ProposalRepository proposals,
            LastReads lastReads,
            RememberedLayout layout,
            ApplyMonitor applies,
            BastionDiagnostics bastions,
            Supplier<List<String>> slackRefusals) {}

    public DiagnoseEnvironment(GrantLedger ledger, Sources sources, InstantSource clock) {
        this.ledger = ledger;
        this.sources = sources;
        this.clock = clock;
        this.pace = new DiagnosisPace(clock);
    }

    /** Anyone may ask who may see the status. */
    public DiagnosisResult diagnose(Person person, EnvironmentName environment) {
        LedgerSnapshot known = ledger.lastSeen();
        if (known.state(environment).isEmpty()) {
            return new DiagnosisResult.UnknownEnvironment(known.unknown(environment));
        }
        return pace.pauseOf(person.id(), environment)
                .<DiagnosisResult>map(DiagnosisResult.TooSoon::new)
                .orElseGet(() -> new DiagnosisResult.Found(pace.shared(environment, () -> look(environment))));
    }

    private EnvironmentDiagnosis look(EnvironmentName environment) {
        Findings found = new Findings();
        LedgerSnapshot snapshot = read(found);
        Instant now = clock.instant();
        Optional<Grant> grant = snapshot.stateOrMissing(environment).inForce();
        Optional<PastGrant> past = grant.isPresent() ? Optional.empty() : lastEnded(environment, now);
        AtomicReference<Optional<URI>> run = new AtomicReference<>(Optional.empty());
        found.addAll(new LedgerFindings(environment, snapshot, now)
                .all(sources.proposals().lastSeenWaiting(), sources.layout().last()));
        sources.lastReads().pullRequests().map(OutageFindings::of).ifPresent(found::add);
        found.addAll(OutageFindings.ofSlack(sources.slackRefusals().get()));
        ApplyFindings applies = new ApplyFindings(
                sources.applies(), environment, grant.filter(this::isReady).isPresent(), now);
        Diagnosis checks = Diagnosis.of(
                List.of(
                        check(
                                Area.CI,
                                "CI",
                                all -> run.set(grant.map(open -> applies.judge(
                                                open, snapshot.latestEnd(open).setBy(), all))
                                        .orElseGet(() -> past.flatMap(ended -> applies.judge(ended, all))))),
                        check(
                                Area.AWS,
                                "AWS",
                                all -> sources.bastions()
                                        .examine(new Subject(environment, expected(snapshot, grant, past), now), all))),
                CHECKS_TAKE);
        List<Finding> all = new ArrayList<>(found.all());
        all.addAll(checks.findings());
        return new EnvironmentDiagnosis(
                environment, grant, grant.flatMap(this::readySince), Objects.requireNonNull(run.get()), all);
    }

    private static InstallationCheck check(Area area, String system, Consumer<Findings> examine) {
        return InstallationCheck.by(area, system, examine);
    }

    /** As the remote has it now, or as it was read last; a slow read goes on, and is not interrupted. */
    private LedgerSnapshot read(Findings found) {
        CompletableFuture<LedgerSnapshot> reading = CompletableFuture.supplyAsync(
                ledger::read, WorkContext.carrying(command -> Thread.ofVirtual().start(command)));
        try {
            return reading.get(LEDGER_TAKES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            found.add(OutageFindings.silentGit(sources.lastReads().ledgerReadAt()));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof CallFailed failed)) {
                throw new IllegalStateException("the ledger cannot be read", e);
            }
            found.add(OutageFindings.of(
                    new Outage(failed.fault(), sources.lastReads().ledgerReadAt())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return ledger.lastSeen();
    }

    private Optional<PastGrant> lastEnded(EnvironmentName environment, Instant now) {
        return ledger.history(environment, 1).stream()
                .filter(past -> past.endedAt().plus(MEMORY).isAfter(now))
                .findFirst();
    }

    private Expected expected(LedgerSnapshot snapshot, Optional<Grant> grant, Optional<PastGrant> past) {
        return grant.<Expected>map(open -> new Expected.Granted(
                        open.request(), open.createdAt(), open.expiresAt(), endSetAt(snapshot, open)))
                .orElseGet(() -> new Expected.Closed(past.map(PastGrant::endedAt)));
    }

    private Instant endSetAt(LedgerSnapshot snapshot, Grant grant) {
        return ledger.commits(grant.environment()).stream()
                .filter(one -> one.commit().equals(snapshot.latestEnd(grant).setBy()))
                .map(EnvironmentCommit::at)
                .findFirst()
                .orElse(grant.createdAt());
    }

    private boolean isReady(Grant grant) {
        return sources.lastReads().bastions().lastOf(grant.environment()).orElse(List.of()).stream()
                .filter(bastion -> bastion.belongsTo(grant))
                .map(BastionObservation::connection)
                .anyMatch(Optional::isPresent);
    }

    private Optional<Instant> readySince(Grant grant) {
        return sources.observations().of(grant.request()).stream()
                .filter(one -> one.kind() == ObservationKind.READY)
                .map(Observation::at)
                .findFirst();
    }
}
