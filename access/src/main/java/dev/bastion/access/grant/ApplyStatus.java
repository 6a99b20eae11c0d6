package dev.bastion.access.grant;

import java.net.URI;
import java.util.Optional;

/** CI's report on applying one commit to one environment. */
public sealed interface ApplyStatus {
    /** Whether the run has ended, in one way or the other. */
    default boolean isFinished() {
        return this instanceof Succeeded || this instanceof Failed;
    }

    /** The page of the run. */
    Optional<URI> run();

    /** No report. */
    record Unknown() implements ApplyStatus {
        @Override
        public Optional<URI> run() {
            return Optional.empty();
        }
    }

    record Running(Optional<URI> run) implements ApplyStatus {}

    record Succeeded(Optional<URI> run) implements ApplyStatus {}

    /** @param what which step failed, in CI's words */
    record Failed(String what, Optional<URI> run) implements ApplyStatus {}
}
