package dev.bastion.access;

/** What the ledger says of one environment. */
public sealed interface Standing {
    EnvironmentName environment();

    /** Nobody has access. */
    record Closed(EnvironmentName environment) implements Standing {}

    /** Somebody has access. */
    record Open(Grant grant) implements Standing {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /**
     * The file is in a shape the service does not dare to read or edit.
     *
     * @param problem file, line and remedy, for people
     */
    record Unclear(EnvironmentName environment, String problem) implements Standing {}
}
