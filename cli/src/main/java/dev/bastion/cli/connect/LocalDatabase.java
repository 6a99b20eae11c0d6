package dev.bastion.cli.connect;

import dev.bastion.access.grant.BastionObservation.Engine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A database as it is reached on this machine.
 *
 * @param user empty for the client's own default
 * @param name the database's name; empty for the client's own default
 * @param password a token that stands in for it; empty when the client asks or knows
 */
record LocalDatabase(Engine engine, int port, Optional<String> user, Optional<String> name, Optional<String> password) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@+-]+");

    /** Without the password: a URL is shown, logged and kept in histories. */
    String url() {
        String scheme = switch (engine) {
            case POSTGRESQL -> "postgresql";
            case MYSQL -> "mysql";
            case OTHER -> "tcp";
        };
        return scheme + "://" + user.map(who -> encoded(who) + "@").orElse("") + LocalPort.HOST + ":" + port
                + name.map(database -> "/" + encoded(database)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The variables by which clients and scripts find it. */
    Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("BASTION_HOST", LocalPort.HOST);
        variables.put("BASTION_PORT", Integer.toString(port));
        variables.put("DATABASE_URL", url());
        switch (engine) {
            case POSTGRESQL -> {
                variables.put("PGHOST", LocalPort.HOST);
                variables.put("PGPORT", Integer.toString(port));
                user.ifPresent(who -> variables.put("PGUSER", who));
                name.ifPresent(database -> variables.put("PGDATABASE", database));
                password.ifPresent(token -> {
                    variables.put("PGPASSWORD", token);
                    variables.put("PGSSLMODE", "require");
                });
            }
            case MYSQL -> {
                variables.put("MYSQL_HOST", LocalPort.HOST);
                variables.put("MYSQL_TCP_PORT", Integer.toString(port));
                password.ifPresent(token -> variables.put("MYSQL_PWD", token));
            }
            case OTHER -> password.ifPresent(token -> variables.put("BASTION_PASSWORD", token));
        }
        return variables;
    }

    LocalDatabase as(Engine other) {
        return new LocalDatabase(other, port, user, name, password);
    }

    /** The line to paste that gives a client the password; empty without one. */
    Optional<String> passwordLine() {
        String variable = engine == Engine.MYSQL ? "MYSQL_PWD" : "PGPASSWORD";
        return password.map(token -> "export " + variable + "=" + word(token));
    }

    /** One word of a POSIX shell. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The line to paste for a client. */
    String line() {
        return switch (engine) {
            case POSTGRESQL ->
                "psql -h " + LocalPort.HOST + " -p " + port
                        + user.map(who -> " -U " + word(who)).orElse(" -U YOUR_USER")
                        + " " + name.map(LocalDatabase::word).orElse("YOUR_DATABASE");
            case MYSQL ->
                "mysql -h " + LocalPort.HOST + " -P " + port
                        + user.map(who -> " -u " + word(who)).orElse(" -u YOUR_USER")
                        + " -p " + name.map(LocalDatabase::word).orElse("YOUR_DATABASE");
            case OTHER -> LocalPort.HOST + ":" + port;
        };
    }
}
