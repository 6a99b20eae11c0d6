package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.Refusal;
import java.util.Optional;

/**
 * The rules of the reason of a request.
 *
 * @param required whether one must be given
 * @param pattern what it must contain; with one, a reason is required too
 */
public record ReasonRules(boolean required, Optional<ReasonPattern> pattern) {
    public static final ReasonRules NONE = new ReasonRules(false, Optional.empty());

    public static ReasonRules required(boolean required) {
        return new ReasonRules(required, Optional.empty());
    }

    /** Whether a request without a reason is refused. */
    public boolean isAnyRequired() {
        return required || pattern.isPresent();
    }

    /** Why this reason is refused where one is required; empty when it is not. */
    public Optional<Refusal> refusal(EnvironmentName environment, Reason reason) {
        if (!reason.isGiven() && pattern.isEmpty()) {
            return Optional.of(new Refusal.ReasonRequired(environment));
        }
        return pattern.filter(one -> !one.occursIn().test(reason.text()))
                .map(one -> new Refusal.ReasonMismatch(environment, one.pattern(), one.help()));
    }
}
