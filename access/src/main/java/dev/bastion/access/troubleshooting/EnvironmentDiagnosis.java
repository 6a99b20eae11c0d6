package dev.bastion.access.troubleshooting;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with one environment.
 *
 * @param grant the grant in force
 * @param readySince when its bastion was seen online first; empty where that is not known
 * @param run the page of CI's last run for it
 * @param findings the gravest first; of equal ones, a cause before its symptoms
 */
public record EnvironmentDiagnosis(
        EnvironmentName environment,
        Optional<Grant> grant,
        Optional<Instant> readySince,
        Optional<URI> run,
        List<Finding> findings) {
    public EnvironmentDiagnosis {
        findings = findings.stream()
                .sorted(Comparator.comparingInt(Finding::gravity).thenComparing(Finding::area))
                .toList();
    }

    /** The most probable cause; empty where nothing is wrong. */
    public Optional<Finding> cause() {
        return findings.stream().filter(Finding::needsAttention).findFirst();
    }

    public List<Finding> with(Finding.Status status) {
        return findings.stream().filter(finding -> finding.is(status)).toList();
    }
}
