package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.ledger.Samples;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the audit of a clone found. */
record AuditedLedger(List<GrantRecord> grants, List<PolicyChange> policyChanges, List<EndedRequest> requests) {
    static AuditedLedger of(Path clone, String allowedSigners, PolicyParser policy) {
        AuditedLedger found = new AuditedLedger(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (LocalClone local = LocalClone.open(clone);
                CommitReader commits = local.commits()) {
            new LedgerAudit(commits, Samples.parsers(policy), "environments", Optional.empty())
                    .open(
                            local.branch(Optional.of("main")).head(),
                            local.notes(),
                            TrustedKeys.ofReader(AllowedSigners.parse(allowedSigners)),
                            Samples.CLOCK.instant())
                    .read(new AuditSink() {
                        @Override
                        public void grant(GrantRecord grant) {
                            found.grants.add(grant);
                        }

                        @Override
                        public void endedRequest(EndedRequest request) {
                            found.requests.add(request);
                        }

                        @Override
                        public void policyChange(PolicyChange change) {
                            found.policyChanges.add(change);
                        }
                    });
        }
        return found;
    }

    GrantRecord only() {
        if (grants.size() != 1) {
            throw new AssertionError(grants.toString());
        }
        return grants.getFirst();
    }
}
