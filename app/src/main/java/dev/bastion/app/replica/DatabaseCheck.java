package dev.bastion.app.replica;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.app.config.Settings;
import dev.bastion.scheduler.database.DatabaseProbe;

/** The check of the database that replicas share. */
public record DatabaseCheck(Settings.Database database) implements InstallationCheck {
    private static final String SUBJECT = "database";

    @Override
    public Area area() {
        return Area.DATABASE;
    }

    @Override
    public String system() {
        return "PostgreSQL";
    }

    @Override
    public void examine(Findings found) {
        DatabaseProbe.Answer answer = DatabaseProbe.ask(SharedDatabaseSettings.of(database));
        found.add(
                switch (answer) {
                    case DatabaseProbe.Answer.Usable(String version) ->
                        Finding.ok(Area.DATABASE, SUBJECT, "PostgreSQL " + version + " at " + database.url());
                    case DatabaseProbe.Answer.TooOld(String version) ->
                        Finding.problem(
                                Area.DATABASE,
                                SUBJECT,
                                "PostgreSQL " + version + " at " + database.url() + " is too old",
                                "use PostgreSQL " + DatabaseProbe.OLDEST + " or newer");
                    case DatabaseProbe.Answer.NoTables(String why) ->
                        Finding.problem(
                                Area.DATABASE,
                                SUBJECT,
                                "the user " + database.username() + " may not make tables: " + why,
                                "give the service a database of its own, and make " + database.username()
                                        + " its owner");
                    case DatabaseProbe.Answer.Unreachable(String why) ->
                        Finding.problem(
                                Area.DATABASE,
                                SUBJECT,
                                database.url() + " does not accept the service: " + why,
                                "correct database.url, its user or password, or the way to it; until then each replica"
                                        + " does the recurring work itself");
                });
    }
}
