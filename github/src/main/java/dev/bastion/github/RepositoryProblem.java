package dev.bastion.github;

/**
 * A rule or setting at GitHub that would refuse or delay the service's work, or that leaves the ledger open to others.
 *
 * @param what the rule or setting, and what it would refuse or allow
 * @param remedy the setting to change, and where
 */
public record RepositoryProblem(Severity severity, String what, String remedy) {
    public enum Severity {
        /** It refuses or delays the service's work. */
        REFUSES,
        /** It lets every account with write access grant access without the policy. */
        GRAVELY_OPEN,
        /** It lets some accounts do so, or weakens one of two locks. */
        TOO_OPEN,
        /** GitHub does not show whether it is too open. */
        UNSEEN
    }

    /** A problem that refuses or delays the service's work. */
    public RepositoryProblem(String what, String remedy) {
        this(Severity.REFUSES, what, remedy);
    }
}
