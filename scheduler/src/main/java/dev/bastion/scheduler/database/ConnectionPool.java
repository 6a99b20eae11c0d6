package dev.bastion.scheduler.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.time.Duration;
import java.util.Properties;

/** The pool of connections. Every wait is bounded, so that a database that answers nothing holds nobody for long. */
final class ConnectionPool {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** The longest wait for one answer of the server. */
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Quartz uses up to three at once. */
    private static final int MOST = 6;

    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private ConnectionPool() {}

    /** A pool that connects when it is used first, not here. */
    static HikariDataSource of(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bastion");
        config.setJdbcUrl("jdbc:" + settings.address());
        config.setCredentialsProvider(
                () -> new Credentials(settings.username(), settings.password().get()));
        config.setMaximumPoolSize(MOST);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.dividedBy(2).toMillis());
        config.setMaxLifetime(LIFETIME.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setDataSourceProperties(properties(settings));
        return new HikariDataSource(config);
    }

    private static Properties properties(DatabaseSettings settings) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "bastion");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", settings.isEncrypted() ? "verify-full" : "disable");
        if (settings.isEncrypted()) {
            properties.setProperty("sslfactory", TrustedAuthorities.class.getName());
            properties.setProperty(TrustedAuthorities.PROPERTY, settings.authorities());
        }
        return properties;
    }
}
