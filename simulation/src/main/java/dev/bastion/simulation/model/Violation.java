package dev.bastion.simulation.model;

/** Something that must hold and does not. */
@SuppressWarnings("serial")
public final class Violation extends RuntimeException {
    private final Rule rule;

    public Violation(Rule rule, String what) {
        super(rule + ": " + what);
        this.rule = rule;
    }

    /** The rule that is broken. */
    public Rule rule() {
        return rule;
    }

    /** What must hold. */
    public enum Rule {
        /** What the service said is recorded is in the ledger. */
        NOTHING_LOST,
        /** A request has one entry of each kind that can be there once. */
        NOTHING_DOUBLED,
        /** A grant is not open long after its end. */
        ENDS_ON_TIME,
        /** The service opens and extends nothing that the policy refuses. */
        POLICY_HOLDS,
        /** A reversion restores every byte. */
        BYTE_FOR_BYTE,
        /** "Gone" is shown after the last moment of the instance. */
        GONE_IS_LAST,
        /** People are alarmed. */
        ALARMED,
        /** A message is sent once. */
        TOLD_ONCE,
        /** Everyone who had to be told was told. */
        TOLD,
        /** No instance stays without a grant. */
        NO_INSTANCE_STAYS,
        /** The service fails only as it says. */
        NO_UNEXPECTED_FAILURE
    }
}
