package dev.bastion.sandbox.session;

/**
 * An open session.
 *
 * @param id like {@code john.doe-0a1b2c3d4e5f60718}
 * @param port the port of the loopback address that leads to the database
 */
public record ForwardedSession(String id, int port) {}
