package dev.bastion.slack.message;

import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The commands that connect to a database through its bastion (https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html).
 * Where the module made a document for this very database the port forward uses it, and so cannot be pointed elsewhere.
 */
final class ConnectCommands {
    private static final int LOCAL_PORT = 15432;
    private static final String ANY_HOST = "AWS-StartPortForwardingSessionToRemoteHost";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

    private ConnectCommands() {}

    static String portForward(Connection to) {
        return session(to)
                + to.portDocument()
                        .map(document -> document(document) + " --parameters localPortNumber=" + LOCAL_PORT)
                        .orElseGet(() -> document(ANY_HOST) + " --parameters "
                                + quoted("host=" + to.databaseHost() + ",portNumber=" + to.databasePort()
                                        + ",localPortNumber=" + LOCAL_PORT));
    }

    static String database() {
        return "psql -h 127.0.0.1 -p " + LOCAL_PORT + " -U YOUR_USER YOUR_DATABASE";
    }

    /** Empty where shells are off. */
    static Optional<String> shell(Connection to) {
        return to.shellDocument().map(document -> session(to) + document(document));
    }

    /** All of them, formatted for Slack. */
    static String shown(Connection to) {
        String text = "Forward the database to your machine:\n" + block(portForward(to))
                + "\nThen, in another terminal:\n" + block(database());
        return text
                + shell(to)
                        .map(shell -> "\nA shell on the bastion (logged):\n" + block(shell))
                        .orElse("");
    }

    private static String session(Connection to) {
        return "aws ssm start-session --region " + quoted(to.region()) + " --target " + quoted(to.instance());
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
