package dev.bastion.access.telemetry;

import java.util.Locale;

/** The kind of a step; its word is the span's name. */
public enum StepKind {
    /** All of a grant or of a request that opened nothing, from its beginning to its end: what the other steps are parts of. */
    GRANT,
    /** A person's command, button or call of the API, until git or GitHub has it. */
    COMMAND,
    /** The policy's decision on it. */
    POLICY,
    /** A commit and its push that opens a grant, starts its clock or approves it retroactively. */
    COMMIT,
    /** The pull request of a request, until GitHub has it. */
    PROPOSAL,
    /** The wait for approvers, from the pull request to its merge or end. */
    REVIEW,
    /** CI's run of a commit of the grant. */
    APPLY,
    /** The wait from the grant's beginning until its bastion was observed online. */
    READY,
    /** One message in Slack. */
    MESSAGE,
    /** The commit that moved the end. */
    EXTENSION,
    /** The moment at which the holder's warning became due. */
    WARNING,
    /** The commit that put the environment file back. */
    REVERSION,
    /** The wait from the reversion until its bastion was observed absent. */
    GONE;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }
}
