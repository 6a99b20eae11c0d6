package dev.bastion.access.grant;

import java.net.URI;
import java.util.Optional;

/** What CI says of applying one commit to one environment. */
public sealed interface ApplyStatus {
    /** Nothing yet, or nobody reports. */
    record Unknown() implements ApplyStatus {}

    record Running(Optional<URI> run) implements ApplyStatus {}

    record Succeeded(Optional<URI> run) implements ApplyStatus {}

    /** @param what which step failed, in CI's words */
    record Failed(String what, Optional<URI> run) implements ApplyStatus {}
}
