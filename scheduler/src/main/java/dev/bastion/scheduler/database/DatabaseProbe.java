package dev.bastion.scheduler.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;

/** A question to the database whether replicas can share it. It changes nothing. */
public final class DatabaseProbe {
    /** The oldest version of PostgreSQL that is supported. */
    public static final int OLDEST = 14;

    private static final String INVALID_AUTHORIZATION = "28";
    private static final String NO_SUCH_DATABASE = "3D000";

    private DatabaseProbe() {}

    /** What the database answers. */
    public sealed interface Answer {
        /** @param hasOlderTables whether a replica that starts renews its tables */
        record Usable(String version, boolean hasOlderTables) implements Answer {}

        record TooOld(String version) implements Answer {}

        /** The user may not make the tables, or not write to them. */
        record NoTables(String why) implements Answer {}

        /** The server does not let the user in. */
        record NoLogin(String why) implements Answer {}

        /** The server has no database of this name. */
        record NoDatabase(String why) implements Answer {}

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
            if (!mayCreate(connection)) {
                return new Answer.NoTables("it has no CREATE on the schema that it writes to");
            }
            Optional<String> owner = ownerOfTablesOfOthers(connection);
            return owner.isPresent()
                    ? new Answer.NoTables("those that are there belong to " + owner.get())
                    : new Answer.Usable(version, SharedTables.areOlder(pool));
        } catch (SQLException | FlywayException e) {
            return unanswered(e);
        }
    }

    /** By the server's code. @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error codes</a> */
    private static Answer unanswered(Exception failure) {
        String why = OneLineProblem.of(failure);
        String code = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .map(cause -> cause instanceof SQLException sql ? Objects.toString(sql.getSQLState(), "") : "")
                .filter(state -> !state.isEmpty())
                .reduce("", (_, deeper) -> deeper);
        if (code.startsWith(INVALID_AUTHORIZATION)) {
            return new Answer.NoLogin(why);
        }
        return code.equals(NO_SUCH_DATABASE) ? new Answer.NoDatabase(why) : new Answer.Unreachable(why);
    }

    private static boolean mayCreate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** The owner of tables to which the user may not write. */
    private static Optional<String> ownerOfTablesOfOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid ="
                        + " to_regclass('" + SharedTables.HISTORY + "') AND NOT has_table_privilege(oid, 'INSERT')")) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }
}
