package dev.bastion.cli.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import java.time.Instant;
import java.util.Optional;

/** A sink that hands all on, and counts what every answer has a note of. */
final class HistoryNotes implements AuditSink {
    private final AuditSink answer;
    private Optional<Instant> begin = Optional.empty();
    private int unsigned;

    HistoryNotes(AuditSink answer) {
        this.answer = answer;
    }

    @Override
    public void grant(GrantRecord grant) {
        beginsAt(Timestamps.earlier(grant.requestedAt(), grant.openedAt()));
        answer.grant(grant);
    }

    @Override
    public void endedRequest(EndedRequest request) {
        beginsAt(request.at());
        answer.endedRequest(request);
    }

    @Override
    public void policyChange(PolicyChange change) {
        answer.policyChange(change);
    }

    @Override
    public void unsignedEntry(CommitId commit) {
        unsigned++;
        answer.unsignedEntry(commit);
    }

    private void beginsAt(Instant at) {
        begin = begin.filter(known -> !at.isBefore(known)).or(() -> Optional.of(at));
    }

    /** The time of the first request or grant. */
    Optional<Instant> begin() {
        return begin;
    }

    /** What is said of commits that pretend to be entries; empty where there are none. */
    Optional<String> unsigned() {
        return switch (unsigned) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("1 commit looks like an entry and has no valid signature: run audit verify.");
            default ->
                Optional.of(unsigned + " commits look like entries and have no valid signature: run audit verify.");
        };
    }
}
