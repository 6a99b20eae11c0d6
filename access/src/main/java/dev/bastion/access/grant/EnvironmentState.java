package dev.bastion.access.grant;

/** What the ledger says of one environment. */
public sealed interface EnvironmentState {
    EnvironmentName environment();

    /** Nobody has access. */
    record Closed(EnvironmentName environment) implements EnvironmentState {}

    /** Somebody has access. */
    record Open(Grant grant) implements EnvironmentState {
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
    record Unclear(EnvironmentName environment, String problem) implements EnvironmentState {}
}
