package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import java.util.Locale;

/**
 * One thing that is wrong in a ledger's history.
 *
 * @param commit the commit that is wrong, or the one that an anchor names
 * @param place the commit's place on the first-parent line, from 0; that of the first commit behind the line for an anchored
 *     commit that is missing
 * @param what what is wrong, one sentence for people
 */
public record LedgerFinding(Kind kind, CommitId commit, int place, String what) {
    /** What kind of thing is wrong. */
    public enum Kind {
        /** A message has the form of an entry, and no signature of the service. */
        NOT_SIGNED,
        /** A signature is by a key that was not trusted at that time. */
        KEY_NOT_TRUSTED,
        /** A commit did something else than its entry says. */
        ENTRY_CONTRADICTED,
        /** The file after a closing is not what it was before the grant. */
        NOT_REVERTED,
        /** An entry of a request that never opened, or is over. */
        REQUEST_NOT_OPEN,
        /** An entry is older than the one before it, or ends before it begins. */
        OUT_OF_ORDER,
        /** A merge changes what the merged commits do not. */
        MERGE_WITH_CONTENT,
        /** A merge has signed entries behind its second or a later parent, where they count for nothing. */
        ENTRY_OFF_LINE,
        /** Access was opened or extended without the approval that the policy of that moment required. */
        NOT_APPROVED,
        /** No signed entry, no switch, or another one than is known. */
        SWITCH_MISSING,
        /** A person or program other than the service pushed to the notes. */
        NOTES_CHANGED,
        /** A note is not on the commit that opened its grant. */
        NOTE_MISPLACED,
        /** An entry names notes that are not there. */
        NOTES_MISSING,
        /** A commit has more than is read, or cannot be parsed. */
        UNREADABLE,
        /** An anchor is not signed by a trusted key. */
        ANCHOR_NOT_TRUSTED,
        /** An anchor is of another repository or branch. */
        ANCHOR_OF_ANOTHER,
        /** An anchor that a later one names is missing. */
        ANCHOR_MISSING,
        /** A commit that was anchored is not on the branch's first-parent line. */
        HISTORY_REWRITTEN;

        /** The kind as the command prints it, like {@code not-signed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
