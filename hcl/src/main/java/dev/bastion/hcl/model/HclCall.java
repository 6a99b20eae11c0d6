package dev.bastion.hcl.model;

/**
 * A function call of an HCL file, like {@code get_env(…)}.
 *
 * @param function its name; a function of a provider has its whole name, like {@code provider::aws::arn_parse}
 * @param line its line, from 1
 */
public record HclCall(String function, int line) {}
