package dev.bastion.cli.connect;

import dev.bastion.access.grant.BastionObservation.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program that is started once the port is open. */
sealed interface ClientProgram {
    /**
     * The command line: the arguments as they were given, without a shell between.
     *
     * @throws ConnectRefused when the program is not installed
     */
    List<String> command(LocalDatabase database, Programs programs, Installation installation);

    /** The database as this client sees it. */
    LocalDatabase seen(LocalDatabase database);

    /** Starts it on this terminal. */
    default Process start(
            LocalDatabase database, Map<String, String> environment, Programs programs, Installation installation) {
        List<String> command = command(database, programs, installation);
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(seen(database).environment());
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new ConnectRefused(
                    ExitCode.MISCONFIGURED,
                    command.getFirst() + " does not start: " + failure.getMessage(),
                    "check its installation");
        }
    }

    /** PostgreSQL's client. */
    record Psql(List<String> arguments) implements ClientProgram {
        @Override
        public List<String> command(LocalDatabase database, Programs programs, Installation installation) {
            return joined(found("psql", installation.psql(), programs), List.of(), arguments);
        }

        @Override
        public LocalDatabase seen(LocalDatabase database) {
            return database.as(Engine.POSTGRESQL);
        }
    }

    /** MySQL's or MariaDB's client, which reads host and port from its arguments alone. */
    record Mysql(List<String> arguments) implements ClientProgram {
        @Override
        public List<String> command(LocalDatabase database, Programs programs, Installation installation) {
            List<String> ours =
                    new ArrayList<>(List.of("--protocol=TCP", "--host=" + LocalPort.HOST, "--port=" + database.port()));
            database.user().ifPresent(user -> ours.add("--user=" + user));
            database.name().ifPresent(name -> ours.add("--database=" + name));
            if (database.password().isPresent()) {
                ours.add("--enable-cleartext-plugin");
            }
            return joined(found("mysql", installation.mysql(), programs), ours, arguments);
        }

        @Override
        public LocalDatabase seen(LocalDatabase database) {
            return database.as(Engine.MYSQL);
        }
    }

    /** A command line of the person's shell. */
    record Shell(String line) implements ClientProgram {
        @Override
        public List<String> command(LocalDatabase database, Programs programs, Installation installation) {
            return List.of("/bin/sh", "-c", line);
        }

        @Override
        public LocalDatabase seen(LocalDatabase database) {
            return database;
        }
    }

    private static String found(String name, String remedy, Programs programs) {
        return programs.find(name)
                .orElseThrow(() ->
                        new ConnectRefused(ExitCode.MISCONFIGURED, "The client " + name + " is not installed.", remedy))
                .toString();
    }

    private static List<String> joined(String program, List<String> ours, List<String> theirs) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(ours);
        command.addAll(theirs);
        return command;
    }
}
