package dev.bastion.access.grant;

import java.net.URI;
import java.util.Optional;

/** CI's report on applying one commit to one environment. */
public sealed interface ApplyStatus {
    /** No report. */
    record Unknown() implements ApplyStatus {}

    record Running(Optional<URI> run) implements ApplyStatus {}

    record Succeeded(Optional<URI> run) implements ApplyStatus {}

    /** @param what which step failed, in CI's words */
    record Failed(String what, Optional<URI> run) implements ApplyStatus {}
}
