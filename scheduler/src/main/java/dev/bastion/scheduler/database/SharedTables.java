package dev.bastion.scheduler.database;

import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfoService;

/** The tables of the shared database, and which of them it has. */
final class SharedTables {
    /** The table that says which of the others were made. */
    static final String HISTORY = "bastion_schema_history";

    private SharedTables() {}

    /** Makes the tables that are not there. */
    static void make(DataSource database) {
        migrations(database).migrate();
    }

    /** Whether an earlier version of the service made them, so that some are not there yet. It changes nothing. */
    static boolean areOlder(DataSource database) {
        MigrationInfoService known = migrations(database).info();
        return known.applied().length > 0
                && Stream.of(known.pending()).findAny().isPresent();
    }

    private static Flyway migrations(DataSource database) {
        return Flyway.configure(SharedTables.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:dev/bastion/scheduler/database")
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }
}
