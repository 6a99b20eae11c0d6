package dev.bastion.scheduler.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A question to the database whether replicas can share it. It changes nothing. */
public final class DatabaseProbe {
    /** The oldest version of PostgreSQL that is supported. */
    public static final int OLDEST = 14;

    private DatabaseProbe() {}

    /** What the database answers. */
    public sealed interface Answer {
        record Usable(String version) implements Answer {}

        record TooOld(String version) implements Answer {}

        /** The user may not make the tables. */
        record NoTables(String why) implements Answer {}

        record Unreachable(String why) implements Answer {}
    }

    /** Asks once, and waits for a few seconds at most. */
    public static Answer ask(DatabaseSettings settings) {
        try (HikariDataSource pool = ConnectionPool.of(settings);
                Connection connection = pool.getConnection()) {
            String version = connection.getMetaData().getDatabaseProductVersion();
            if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST) {
                return new Answer.TooOld(version);
            }
            return mayCreate(connection)
                    ? new Answer.Usable(version)
                    : new Answer.NoTables("it has no CREATE on the schema that it writes to");
        } catch (SQLException e) {
            return new Answer.Unreachable(OneLineProblem.of(e));
        }
    }

    private static boolean mayCreate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
