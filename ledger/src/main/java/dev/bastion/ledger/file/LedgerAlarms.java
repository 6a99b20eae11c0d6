package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import java.util.List;
import java.util.Optional;

/** The receiver of ledger alarms. The caller holds the ledger's lock: hand the alarm on and return. */
public interface LedgerAlarms {
    /** How a branch lost a commit of its first-parent line. */
    enum Rewrite {
        /** The branch does not contain it any more. */
        REMOVED,
        /** A merge brought it as its second or a later parent: git calls such a push a fast-forward. */
        PUT_ASIDE
    }

    /**
     * The branch's first-parent line no longer contains the last seen head: its history was rewritten. The service continues
     * with the branch as it is now.
     */
    void historyRewritten(CommitId lastSeen, CommitId now, Rewrite how);

    /** The policy at this commit is invalid; the last valid one stays in force. Called once per invalid version. */
    void policyBroken(CommitId commit, List<String> problems);

    /**
     * The service cannot sign its commits, so ends of access are recorded unsigned and nothing is opened. Called once, until a
     * signature works again.
     *
     * @param problem which key, and what is wrong with it
     */
    void signingFailed(String problem);

    /**
     * The remote takes no notes, so what the service observes is not written. Called once, until one is taken.
     *
     * @param answered the remote's words
     * @param remedy what to change
     */
    void notesRefused(String answered, String remedy);

    /** The remote takes notes: called once after the start, and once after each {@link #notesRefused}. */
    void notesAccepted();

    /**
     * Others pushed to the notes, moved them back, or deleted them. The service goes on with its own.
     *
     * @param kept the newest commit of the service; empty where it has none
     * @param found the head of the remote's notes; empty where they were deleted
     */
    void notesChanged(Optional<CommitId> kept, Optional<CommitId> found);

    /** The service can sign: called once after its start, and once after each {@link #signingFailed}. */
    void signingWorks();
}
