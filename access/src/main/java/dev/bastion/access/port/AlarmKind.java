package dev.bastion.access.port;

import java.util.Locale;

/**
 * The kinds of alarms. Each alarm reaches people on three ways that fail apart from one another: a message in Slack, a log
 * event of level ERROR, and the metric {@code bastion.alarms}, from both of which the platform's own alarms are made.
 */
public enum AlarmKind {
    OPEN_WITHOUT_APPROVAL("grant.open_without_approval"),
    /** A bastion outlives its grant. */
    LINGERING("grant.lingering"),
    /** A grant is past its end, and its file could not be reverted. */
    OVERDUE("grant.not_reverted"),
    ENVIRONMENT_UNREADABLE("environment.unreadable"),
    INSTANCE_UNEXPLAINED("instance.unexplained"),
    TERMINATION_REFUSED("termination.refused"),
    LAYOUT_PROBLEM("layout.problem"),
    LEDGER_UNREADABLE("ledger.unreadable"),
    HISTORY_REWRITTEN("ledger.history_rewritten"),
    POLICY_BROKEN("policy.broken"),
    SIGNING_FAILED("ledger.unsigned"),
    /** The notes with what the service observed were refused, or others changed them. */
    NOTES_PROBLEM("ledger.notes_problem"),
    /** The head of the ledger's branch could not be written where its writers cannot change it. */
    ANCHOR_FAILED("ledger.anchor_failed"),
    /** The branch lost commits that were anchored. */
    ANCHOR_MISMATCH("ledger.anchor_mismatch"),
    /** A setting outside would refuse the service's work, or lets others grant access without the policy. */
    INSTALLATION_PROBLEM("installation.problem");

    private final String event;

    AlarmKind(String event) {
        this.event = event;
    }

    /** The constant name of the log event. */
    public String event() {
        return event;
    }

    /** The value of the metric's tag {@code alarm}, like {@code instance_unexplained}. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
