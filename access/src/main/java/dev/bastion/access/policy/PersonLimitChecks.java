package dev.bastion.access.policy;

import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.rules.BreakGlassRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The limits of one person at one moment. */
record PersonLimitChecks(AccessPolicy policy, Usage usage, Person person, EnvironmentName environment, Instant now) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** The first limit that a request would exceed. */
    Optional<Refusal> request() {
        return atOnce().or(this::perHour).or(this::askAgain);
    }

    Optional<Refusal> atOnce() {
        List<Instant> ends = usage.endsOf(person, environment);
        int most = policy.limits().atOnce();
        return ends.size() < most
                ? Optional.empty()
                : Optional.of(new Refusal.TooManyAtOnce(person, most, ends.get(ends.size() - most)));
    }

    private Optional<Refusal> perHour() {
        List<Instant> asked = usage.requestsSince(person, now.minus(HOUR));
        int most = policy.limits().requestsPerHour();
        return asked.size() < most
                ? Optional.empty()
                : Optional.of(new Refusal.TooManyRequests(
                        person, most, asked.get(asked.size() - most).plus(HOUR)));
    }

    /** After a denial or a withdrawal. */
    Optional<Refusal> askAgain() {
        return usage.lastTurnedDown(person, environment)
                .flatMap(last -> Usage.turnedDownAt(last)
                        .map(at -> at.plus(policy.limits().askAgainAfter()))
                        .filter(now::isBefore)
                        .map(until -> new Refusal.AskedAgain(last.proposal(), Usage.isWithdrawn(last), until)));
    }

    /** No second break-glass access before the first is approved, nor more often than the environment allows. */
    Optional<Refusal> breakGlass() {
        List<Grant> used = usage.breakGlassOf(person);
        return used.stream()
                .filter(policy::awaitsApproval)
                .findFirst()
                .<Refusal>map(Refusal.BreakGlassUnanswered::new)
                .or(() -> tooOften(used));
    }

    private Optional<Refusal> tooOften(List<Grant> used) {
        BreakGlassRules rules = policy.rulesOf(environment).proposals().breakGlass();
        Instant since = now.minus(rules.per().length());
        List<Instant> here = used.stream()
                .filter(grant -> grant.environment().sharesSlotsWith(environment))
                .map(Grant::createdAt)
                .filter(since::isBefore)
                .toList();
        return here.size() < rules.uses()
                ? Optional.empty()
                : Optional.of(new Refusal.BreakGlassUsed(
                        environment,
                        person,
                        rules.uses(),
                        rules.per(),
                        here.get(here.size() - rules.uses()).plus(rules.per().length())));
    }
}
