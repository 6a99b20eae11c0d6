package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import java.util.List;

/** The receiver of ledger alarms. The caller holds the ledger's lock: hand the alarm on and return. */
public interface LedgerAlarms {
    /**
     * The branch no longer contains the last seen head: its history was rewritten. The service continues with the
     * branch as it is now.
     */
    void historyRewritten(CommitId lastSeen, CommitId now);

    /** The policy at this commit is invalid; the last valid one stays in force. Called once per invalid version. */
    void policyBroken(CommitId commit, List<String> problems);

    /**
     * The service cannot sign its commits, so ends of access are recorded unsigned and nothing is opened. Called once, until a
     * signature works again.
     *
     * @param problem which key, and what is wrong with it
     */
    void signingFailed(String problem);

    /** The service can sign: called once after its start, and once after each {@link #signingFailed}. */
    void signingWorks();
}
