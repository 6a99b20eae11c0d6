package dev.bastion.cli.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Stack;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that choose what is started once the port is open; at most one of them. */
final class ClientOptions {
    /** The arguments behind {@code --psql} or {@code --mysql}, which are all the client's, also those that look like ours. */
    private static final class Remaining implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's interface has a Stack
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            List<String> taken = new ArrayList<>();
            while (!arguments.isEmpty()) {
                taken.add(arguments.pop());
            }
            option.setValue(taken);
        }
    }

    @Option(
            names = "--psql",
            arity = "0..*",
            paramLabel = "ARG",
            parameterConsumer = Remaining.class,
            description = "Start psql; all arguments behind it are psql's.")
    private @Nullable List<String> psql;

    @Option(
            names = "--mysql",
            arity = "0..*",
            paramLabel = "ARG",
            parameterConsumer = Remaining.class,
            description = "Start mysql; all arguments behind it are mysql's.")
    private @Nullable List<String> mysql;

    @Option(
            names = "--exec",
            paramLabel = "COMMAND",
            description = "Run a shell command with PGHOST, PGPORT (or MYSQL_HOST, MYSQL_TCP_PORT), BASTION_HOST,"
                    + " BASTION_PORT and DATABASE_URL set.")
    private @Nullable String exec;

    /** Whether several are given. */
    boolean isAmbiguous() {
        return Stream.of(psql, mysql, exec).filter(Objects::nonNull).count() > 1;
    }

    Optional<ClientProgram> chosen() {
        if (psql != null) {
            return Optional.of(new ClientProgram.Psql(psql));
        }
        if (mysql != null) {
            return Optional.of(new ClientProgram.Mysql(mysql));
        }
        return Optional.ofNullable(exec).map(ClientProgram.Shell::new);
    }
}
