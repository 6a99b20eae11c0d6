package dev.bastion.scheduler.database;

import java.util.function.Supplier;

/**
 * Where the shared database is.
 *
 * @param host a name or an address
 * @param name of the database
 * @param password read for each new connection, as a token for IAM authentication is good for a quarter of an hour
 * @param isEncrypted whether connections use TLS and the server proves its name
 * @param authorities the certificates (PEM) that sign the server's; empty for those that Java knows
 */
public record DatabaseSettings(
        String host,
        int port,
        String name,
        String username,
        Supplier<String> password,
        boolean isEncrypted,
        String authorities) {
    /** The address without credentials, for people. */
    public String address() {
        return "postgresql://" + host + ":" + port + "/" + name;
    }
}
