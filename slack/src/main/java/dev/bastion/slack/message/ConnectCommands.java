package dev.bastion.slack.message;

import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commands that connect to a database through its bastion (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html).
 * Where the module made a document for this very database the port forward uses it, and so cannot be pointed elsewhere.
 */
public final class ConnectCommands {
    private static final String HOST = "127.0.0.1";
    private static final String ANY_HOST = "AWS-StartPortForwardingSessionToRemoteHost";
    /** Below the 3,000 characters of a section, to leave room for a sentence. */
    private static final int LONGEST = 2_800;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

    private ConnectCommands() {}

    /** The command of the command line, which does all that the other commands do. */
    static String connect(EnvironmentName environment, Connection to) {
        return connect(environment, to, "");
    }

    private static String connect(EnvironmentName environment, Connection to, String target) {
        String client = switch (to.engine()) {
            case POSTGRESQL -> " --psql";
            case MYSQL -> " --mysql";
            case OTHER -> "";
        };
        return "bastion connect " + environment + target + " --region " + quoted(to.region()) + profile(to) + client;
    }

    /** The command for each of several databases, a line each. */
    static String connectToEach(EnvironmentName environment, Connection to) {
        return to.targets().stream()
                .map(target -> connect(environment, to.to(target), " --target " + target.name()))
                .collect(Collectors.joining("\n"));
    }

    static String portForward(EnvironmentName environment, Connection to) {
        return portForward(to, environment.localPort());
    }

    private static String portForward(Connection to, int localPort) {
        return session(to)
                + to.portDocument()
                        .map(document -> document(document) + " --parameters localPortNumber=" + localPort)
                        .orElseGet(() -> document(ANY_HOST) + " --parameters "
                                + quoted("host=" + to.databaseHost() + ",portNumber=" + to.databasePort()
                                        + ",localPortNumber=" + localPort));
    }

    /** The client of the database's kind; the bare address where it is not known. */
    static String client(EnvironmentName environment, Connection to) {
        return client(to, environment.localPort());
    }

    private static String client(Connection to, int localPort) {
        return switch (to.engine()) {
            case POSTGRESQL -> "psql -h " + HOST + " -p " + localPort + " -U YOUR_USER YOUR_DATABASE";
            case MYSQL -> "mysql --protocol=TCP -h " + HOST + " -P " + localPort + " -u YOUR_USER -p YOUR_DATABASE";
            case OTHER -> HOST + ":" + localPort;
        };
    }

    /** Empty where shells are off. */
    static Optional<String> shell(Connection to) {
        return to.shellDocument().map(document -> session(to) + document(document));
    }

    /** All of them, formatted for Slack; the first alone, where tags make the others longer than Slack takes. */
    public static String shown(EnvironmentName environment, Connection to) {
        String whose = to.profile().isPresent()
                ? "the AWS profile of its account; yours may have another name"
                : "your AWS profile (`--profile`)";
        boolean isOne = to.targets().size() < 2;
        String first = "On your machine, with " + whose
                + (isOne
                        ? ":\n" + block(connect(environment, to))
                        : ", to the database that you need:\n" + block(connectToEach(environment, to)));
        String all = first + (isOne ? others(environment, to) : othersToEach(environment, to));
        return all.length() <= LONGEST ? all : first + "\nThe bastion's tags are too long to show its other commands.";
    }

    private static String others(EnvironmentName environment, Connection to) {
        return others(portForward(environment, to), client(environment, to), to);
    }

    /** Each database has a local port of its own, so that they can be open side by side. */
    private static String othersToEach(EnvironmentName environment, Connection to) {
        String forwards = to.targets().stream()
                .map(target -> portForward(to.to(target), environment.localPort(target.name())))
                .collect(Collectors.joining("\n"));
        String clients = to.targets().stream()
                .map(target -> client(to.to(target), environment.localPort(target.name())))
                .collect(Collectors.joining("\n"));
        return others(forwards, clients, to);
    }

    private static String others(String forwards, String clients, Connection to) {
        String text = "\nOr forward the database with the AWS CLI and its session-manager-plugin:\n" + block(forwards)
                + "\nThen, in another terminal:\n" + block(clients);
        return text
                + shell(to)
                        .map(shell -> "\nA shell on the bastion (logged):\n" + block(shell))
                        .orElse("");
    }

    private static String session(Connection to) {
        return "aws ssm start-session --region " + quoted(to.region()) + profile(to) + " --target "
                + quoted(to.instance());
    }

    private static String profile(Connection to) {
        return to.profile().map(name -> " --profile " + quoted(name)).orElse("");
    }

    private static String document(String name) {
        return " --document-name " + quoted(name);
    }

    private static String block(String command) {
        return Mrkdwn.codeBlock(List.of(command));
    }

    /** One word of a POSIX shell: the text comes from tags, which people can write. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
