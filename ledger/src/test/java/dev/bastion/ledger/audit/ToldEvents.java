package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.index.HistoryIndex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that an audit told, in its order.
 *
 * @param read how many commits it read from git
 */
record ToldEvents(List<Object> events, boolean isSigned, int read) {
    /** The events of a head, with an index or from git alone. A policy file with the word "broken" is invalid. */
    static ToldEvents of(Path repository, CommitId head, TrustedKeys keys, Instant now, Optional<HistoryIndex> index) {
        List<Object> events = new ArrayList<>();
        try (LocalClone clone = LocalClone.open(repository);
                CommitReader commits = clone.commits()) {
            AuditedHistory history = new LedgerAudit(
                            commits,
                            Samples.parsers(documents -> {
                                documents
                                        .accessPolicy()
                                        .filter(content ->
                                                new String(content, StandardCharsets.UTF_8).contains("broken"))
                                        .ifPresent(_ -> {
                                            throw new PolicyProblems(List.of("broken"));
                                        });
                                return Samples.policyWithApprovals();
                            }),
                            "environments",
                            index)
                    .open(head, clone.notes(), keys, now);
            boolean isSigned = history.isSigned();
            history.read(new AuditSink() {
                @Override
                public void grant(GrantRecord grant) {
                    events.add(grant);
                }

                @Override
                public void endedRequest(EndedRequest request) {
                    events.add(request);
                }

                @Override
                public void policyChange(PolicyChange change) {
                    events.add(change);
                }

                @Override
                public void unsignedEntry(CommitId commit) {
                    events.add(commit);
                }
            });
            return new ToldEvents(events, isSigned, history.commitsToRead());
        }
    }
}
