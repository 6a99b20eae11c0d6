package dev.bastion.ledger.file;

import dev.bastion.access.grant.Person;
import java.time.Instant;
import java.util.Optional;

/** What an environment file says. */
public sealed interface FileState {
    /** The file has none of the audit variables: it is not an environment that people can request. */
    record Unrelated() implements FileState {}

    /** @param obstacle why it must not be opened, with file, line and remedy, for people; an end ignores it */
    record Closed(Optional<String> obstacle) implements FileState {
        public Closed() {
            this(Optional.empty());
        }
    }

    record Open(Person holder, Instant createdAt, Instant expiresAt) implements FileState {
        /** Whether both are the same grant, whatever its end. */
        public boolean isSameAccess(Open other) {
            return holder.is(other.holder) && createdAt.equals(other.createdAt);
        }
    }

    /**
     * @param problem file, line and remedy, for people
     * @param isClosed whether {@code deploy_bastion} is 0, so that nothing is open, whatever the rest says
     */
    record Unclear(String problem, boolean isClosed) implements FileState {
        private static final int MAX_LENGTH = 600;

        public Unclear(String problem) {
            this(problem, false);
        }

        /** A problem quotes the file, in which a single word may have any length. */
        public Unclear {
            problem = problem.length() <= MAX_LENGTH ? problem : problem.substring(0, MAX_LENGTH) + "…";
        }
    }
}
