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
    private static final String MEANWHILE = "; until then each replica does the recurring work itself";

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
                    case DatabaseProbe.Answer.Usable(String version, boolean hasOlderTables) ->
                        Finding.ok(
                                Area.DATABASE,
                                SUBJECT,
                                "PostgreSQL " + version + " at " + database.url()
                                        + (hasOlderTables ? "; a replica that starts renews its tables" : ""));
                    case DatabaseProbe.Answer.TooOld(String version) ->
                        problem(
                                "PostgreSQL " + version + " at " + database.url() + " is too old",
                                "use PostgreSQL " + DatabaseProbe.OLDEST + " or newer");
                    case DatabaseProbe.Answer.NoTables(String why) ->
                        problem(
                                "the user " + database.username() + " may not make tables, or not write to them: "
                                        + why,
                                "give the service a database of its own, and make " + database.username()
                                        + " its owner; it holds nothing that may not be lost");
                    case DatabaseProbe.Answer.NoLogin(String why) ->
                        problem(
                                database.url() + " does not accept the service: " + why,
                                "correct database.username, database.password or its file, or what pg_hba.conf says of"
                                        + " this user"
                                        + MEANWHILE);
                    case DatabaseProbe.Answer.NoDatabase(String why) ->
                        problem(
                                database.url() + " is not there: " + why,
                                "make it: CREATE DATABASE … OWNER " + database.username()
                                        + "; or correct the name in database.url" + MEANWHILE);
                    case DatabaseProbe.Answer.Unreachable(String why) ->
                        problem(
                                database.url() + " does not accept the service: " + why,
                                "correct host and port of database.url, database.ca, or the way to it" + MEANWHILE);
                });
    }

    private static Finding problem(String meaning, String remedy) {
        return Finding.problem(Area.DATABASE, SUBJECT, meaning, remedy);
    }
}
