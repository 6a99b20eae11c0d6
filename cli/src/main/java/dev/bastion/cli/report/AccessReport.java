package dev.bastion.cli.report;

import dev.bastion.access.audit.CountedUntil;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a report is made of.
 *
 * @param repository the ledger's name for people, like {@code acme/ledger}
 * @param head the commit up to which the history was read
 * @param from the beginning of the period; empty for the beginning of the ledger
 * @param to the end of the period, exclusive
 * @param counted up to when access is counted whose end nobody observed
 * @param commitPages the address to which a commit id is appended, like {@code https://github.com/acme/ledger/commit/}; empty
 *     where the ledger has no pages
 * @param remarks what limits the answer, as sentences
 * @param grants the grants of the period, oldest first
 */
public record AccessReport(
        String repository,
        String branch,
        CommitId head,
        Optional<Instant> from,
        Instant to,
        CountedUntil counted,
        Optional<String> commitPages,
        List<String> remarks,
        List<GrantRecord> grants) {
    public AccessReport {
        remarks = List.copyOf(remarks);
        grants = List.copyOf(grants);
    }
}
