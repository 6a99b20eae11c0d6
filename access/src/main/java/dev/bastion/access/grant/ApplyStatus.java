package dev.bastion.access.grant;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** CI's report on applying one commit to one environment. */
public sealed interface ApplyStatus {
    /** Whether the run has ended, in one way or the other. */
    default boolean isFinished() {
        return this instanceof Succeeded || this instanceof Failed;
    }

    /** The page of the run. */
    Optional<URI> run();

    /** When CI reported it; empty when that is not known. */
    Optional<Instant> at();

    /** No report. */
    record Unknown() implements ApplyStatus {
        @Override
        public Optional<URI> run() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> at() {
            return Optional.empty();
        }
    }

    record Running(Optional<URI> run, Optional<Instant> at) implements ApplyStatus {
        public Running(Optional<URI> run) {
            this(run, Optional.empty());
        }
    }

    record Succeeded(Optional<URI> run, Optional<Instant> at) implements ApplyStatus {
        public Succeeded(Optional<URI> run) {
            this(run, Optional.empty());
        }
    }

    /** @param what which step failed, in CI's words */
    record Failed(String what, Optional<URI> run, Optional<Instant> at) implements ApplyStatus {
        public Failed(String what, Optional<URI> run) {
            this(what, run, Optional.empty());
        }
    }
}
