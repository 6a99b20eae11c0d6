package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;

/** The state of one environment in the ledger. */
public sealed interface EnvironmentState {
    EnvironmentName environment();

    /** The grant in force, also that of a file that cannot be read. */
    default Optional<Grant> inForce() {
        return switch (this) {
            case Closed _ -> Optional.empty();
            case Open(Grant grant) -> Optional.of(grant);
            case Unclear unclear -> unclear.grant();
        };
    }

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
     * @param edit the commit that made it so, where the environment may be open
     * @param grant the grant that is in force: the last one that could be read, or, where there is none, one that lasts as
     *     long as the policy allows; empty where nothing is open
     * @param mayBeOpen whether CI may have opened it, so that people must know
     */
    record Unclear(
            EnvironmentName environment, String problem, Optional<Edit> edit, Optional<Grant> grant, boolean mayBeOpen)
            implements EnvironmentState {
        public Unclear(EnvironmentName environment, String problem, Optional<Edit> edit, Optional<Grant> grant) {
            this(environment, problem, edit, grant, edit.isPresent());
        }

        /** One that is closed. */
        public Unclear(EnvironmentName environment, String problem) {
            this(environment, problem, Optional.empty(), Optional.empty());
        }

        /** One that may be open, where no commit is known that made it so. */
        public static Unclear withoutCommit(EnvironmentName environment, String problem) {
            return new Unclear(environment, problem, Optional.empty(), Optional.empty(), true);
        }
    }

    /** A commit that changed the environment's file without the service. */
    record Edit(CommitId commit, Person by, Instant at) {}
}
