package dev.bastion.github;

/**
 * A rule or setting at GitHub that would refuse or delay the service's work.
 *
 * @param what the rule or setting, and what it would refuse
 * @param remedy the setting to change, and where
 */
public record RepositoryProblem(String what, String remedy) {}
