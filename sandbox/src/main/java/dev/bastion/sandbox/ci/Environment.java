package dev.bastion.sandbox.ci;

/**
 * What a run applies.
 *
 * @param name as people say it: {@code dev}, {@code prod/orders}
 * @param directory from the repository's root: {@code environments/dev/bastion}
 */
record Environment(String name, String directory) {}
