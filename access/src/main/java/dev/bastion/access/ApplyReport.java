package dev.bastion.access;

import java.net.URI;
import java.util.Optional;

/** What CI says of applying one commit to one environment. */
public sealed interface ApplyReport {
    /** Nothing yet, or nobody reports. */
    record Unknown() implements ApplyReport {}

    record Running(Optional<URI> run) implements ApplyReport {}

    record Succeeded(Optional<URI> run) implements ApplyReport {}

    /** @param what which step failed, in CI's words */
    record Failed(String what, Optional<URI> run) implements ApplyReport {}
}
