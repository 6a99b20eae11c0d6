package dev.bastion.ledger.github;

/**
 * Something at the forge that would refuse what the service does, or keep it waiting.
 *
 * @param what which rule or setting, and what it would refuse
 * @param remedy which setting to change, and where
 */
public record ForgeProblem(String what, String remedy) {}
