package dev.bastion.access.policy;

import static dev.bastion.access.policy.CheckName.DURATION;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.EnvironmentRules;
import java.time.Duration;
import java.time.Instant;

/** The longest durations. */
final class DurationChecks {
    private DurationChecks() {}

    static Check request(EnvironmentName environment, Duration length, GrantDuration longest) {
        return Check.require(
                DURATION,
                length.isPositive() && length.compareTo(longest.length()) <= 0,
                length.isPositive()
                        ? new Refusal.TooLong(environment, length, longest)
                        : new Refusal.EndsBeforeItStarts(environment));
    }

    /** @param isLater than before */
    static Check total(Grant grant, Instant newEnd, boolean isLater, EnvironmentRules rules) {
        Instant latest = grant.createdAt().plus(rules.longestTotal().length());
        return Check.require(
                DURATION,
                isLater && !newEnd.isAfter(latest),
                new Refusal.TotalReached(grant, rules.longestTotal(), latest));
    }
}
