package dev.bastion.access.grant;

import java.util.Optional;

/**
 * The data a person needs to connect to the database.
 *
 * @param instance the bastion's id, like {@code i-0123456789abcdef0}
 * @param databaseHost the database's host name
 * @param databasePort its port
 * @param portDocument the session document that forwards to this database alone; empty when the module made none
 * @param shellDocument the session document of a logged shell; empty when shells are off
 */
public record Connection(
        String instance,
        String region,
        String databaseHost,
        int databasePort,
        Optional<String> portDocument,
        Optional<String> shellDocument) {}
