package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import java.util.List;

/** Told what must not pass quietly. Called while the ledger is locked: hand it on, and return. */
public interface LedgerAlarms {
    /**
     * The branch no longer leads to the head that was last seen: somebody rewrote its history. The service goes on with
     * what the branch says now.
     */
    void historyRewritten(CommitId lastSeen, CommitId now);

    /** The policy at this commit is wrong; the last good one stays in force. Told once for each wrong version. */
    void policyBroken(CommitId commit, List<String> problems);
}
