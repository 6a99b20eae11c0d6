package dev.bastion.github;

/**
 * Something at the forge that would refuse what the service does, or keep it waiting.
 *
 * @param what which rule or setting, and what it would refuse
 * @param remedy which setting to change, and where
 */
public record RepositoryProblem(String what, String remedy) {}
