package dev.bastion.sandbox.replica;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A PostgreSQL of this machine that replicas share. It can be stopped and started again, on its port and with what it had. */
public final class SharedPostgres implements AutoCloseable {
    /** Its administrator, who needs no password on this machine. */
    public static final String USER = "postgres";

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;
    private boolean isUp = true;

    private SharedPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
        this.port = server.getPort();
    }

    /** @param folder for its files, empty or absent */
    public static SharedPostgres start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with further settings of the server; they do not last over {@link #startAgain}. */
    public static SharedPostgres start(Path folder, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setDataDirectory(folder);
        settings.forEach(builder::setServerConfig);
        try {
            return new SharedPostgres(folder, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL does not start in " + folder, failure);
        }
    }

    public int port() {
        return port;
    }

    /** Its address as {@code database.url} has it. */
    public String url() {
        return url(port);
    }

    /** The same on another port, by which a proxy leads here. */
    public static String url(int port) {
        return "postgresql://127.0.0.1:" + port + "/postgres";
    }

    public synchronized void stop() {
        if (isUp) {
            isUp = false;
            try {
                server.close();
            } catch (IOException failure) {
                throw new UncheckedIOException("PostgreSQL does not stop", failure);
            }
        }
    }

    public synchronized void startAgain() {
        stop();
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .start();
            isUp = true;
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL does not start again in " + folder, failure);
        }
    }

    /** Runs statements as the administrator. */
    public void run(String sql) {
        run(USER, sql);
    }

    /** The same in a database of this name. */
    public synchronized void run(String database, String sql) {
        try (Connection connection = server.getDatabase(USER, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException("PostgreSQL refuses " + sql, failure);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
