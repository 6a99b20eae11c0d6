package dev.bastion.access.grant;

/** The state of one environment in the ledger. */
public sealed interface EnvironmentState {
    EnvironmentName environment();

    record Closed(EnvironmentName environment) implements EnvironmentState {}

    record Open(Grant grant) implements EnvironmentState {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /**
     * A file that the service cannot read or edit safely.
     *
     * @param problem file, line and remedy, for people
     */
    record Unclear(EnvironmentName environment, String problem) implements EnvironmentState {}
}
