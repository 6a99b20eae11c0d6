package dev.bastion.sandbox.ci;

/**
 * An environment and its directory in the repository.
 *
 * @param name as people say it: {@code dev}, {@code prod/orders}
 * @param directory from the repository's root: {@code environments/dev/bastion}
 */
record EnvironmentDirectory(String name, String directory) {}
