package dev.bastion.github.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bastion.github.RequiredPermissions;

/** The effect of a rule on one action of the service, without a bypass. */
interface RuleEffect {
    RuleEffect ALLOWED = (_, _) -> new Verdict(Outcome.ALLOWED, "", "");
    /** A pull request can meet the rule, and the service waits for that. */
    RuleEffect DEPENDS = (_, _) -> new Verdict(Outcome.DEPENDS, "", "");

    RuleEffect UNKNOWN = (_, _) -> new Verdict(Outcome.UNKNOWN, "", "");

    enum Outcome {
        ALLOWED,
        REFUSED,
        /** On the pull request: its checks, approvals, discussions. */
        DEPENDS,
        /** GitHub's documentation does not say, or GitHub does not say whether the service may bypass the rule. */
        UNKNOWN
    }

    /**
     * @param what what it refuses or delays, as a problem; empty for none
     * @param instead the setting to change where a bypass is not wanted
     */
    record Verdict(Outcome outcome, String what, String instead) {
        boolean isProblem() {
            return !what.isEmpty();
        }
    }

    Verdict on(JsonNode parameters, RequiredPermissions use);

    static RuleEffect refused(String what, String instead) {
        return (_, _) -> new Verdict(Outcome.REFUSED, what, instead);
    }

    /** It depends on the pull request, and the service must not wait for that. */
    static RuleEffect delayed(String what, String instead) {
        return (_, _) -> new Verdict(Outcome.DEPENDS, what, instead);
    }

    /** The first effect that is not {@link Outcome#ALLOWED}. */
    default RuleEffect or(RuleEffect next) {
        return (parameters, use) -> {
            Verdict first = on(parameters, use);
            return first.outcome() == Outcome.ALLOWED ? next.on(parameters, use) : first;
        };
    }

    /** This effect where the parameters say so. */
    default RuleEffect when(Condition condition) {
        return (parameters, use) -> (condition.holds(parameters, use) ? this : ALLOWED).on(parameters, use);
    }

    @FunctionalInterface
    interface Condition {
        boolean holds(JsonNode parameters, RequiredPermissions use);
    }
}
