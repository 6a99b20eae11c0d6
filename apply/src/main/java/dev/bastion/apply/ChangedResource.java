package dev.bastion.apply;

/**
 * One resource that a plan changes.
 *
 * @param action {@code create}, {@code update}, {@code replace}, {@code destroy} or {@code forget}
 * @param address like {@code module.bastion.aws_instance.bastion[0]}
 */
public record ChangedResource(String action, String address) {}
