package dev.bastion.app.replica;

import dev.bastion.app.config.Settings;
import dev.bastion.scheduler.database.DatabaseSettings;

/** The conversion of the settings to those of the shared database. */
public final class SharedDatabaseSettings {
    private static final int USUAL_PORT = 5432;

    private SharedDatabaseSettings() {}

    /** @param given has an address */
    public static DatabaseSettings of(Settings.Database given) {
        int port = given.url().getPort();
        return new DatabaseSettings(
                given.url().getHost(),
                port < 0 ? USUAL_PORT : port,
                given.url().getPath().substring(1),
                given.username(),
                given::currentPassword,
                !given.isOnThisMachine(),
                given.ca().value());
    }
}
