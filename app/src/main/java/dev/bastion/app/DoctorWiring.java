package dev.bastion.app;

import dev.bastion.access.port.BastionDiagnostics;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.troubleshooting.DiagnoseEnvironment;
import dev.bastion.access.troubleshooting.RememberedLayout;
import dev.bastion.app.config.Settings;
import dev.bastion.github.client.GithubClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The wiring of {@code /bastion doctor}.
 *
 * @param refusals what Slack refuses for good, a line each
 */
record DoctorWiring(
        Settings settings,
        Optional<GithubClient> github,
        BastionDiagnostics bastions,
        RememberedLayout layout,
        Supplier<List<String>> refusals,
        InstantSource clock) {
    DiagnoseEnvironment useCase(
            GrantLedger ledger, ObservationLog observations, ProposalRepository proposals, LastReads lastReads) {
        return new DiagnoseEnvironment(
                ledger,
                new DiagnoseEnvironment.Sources(
                        observations,
                        proposals,
                        lastReads,
                        layout,
                        ReconcileWiring.applyMonitor(settings, github),
                        bastions,
                        refusals),
                clock);
    }
}
