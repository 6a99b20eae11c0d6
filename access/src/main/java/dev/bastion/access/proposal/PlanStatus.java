package dev.bastion.access.proposal;

import java.net.URI;
import java.util.Optional;

/** CI's plan of a proposal. */
public sealed interface PlanStatus {
    record Missing() implements PlanStatus {}

    record Running(Optional<URI> run) implements PlanStatus {}

    /** @param summary like {@code +1 instance, +1 rule on sg-…}, in CI's words */
    record Passed(String summary, Optional<URI> run) implements PlanStatus {}

    /** It failed, or the guard refused it. */
    record Failed(String what, Optional<URI> run) implements PlanStatus {}
}
