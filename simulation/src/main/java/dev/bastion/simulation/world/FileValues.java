package dev.bastion.simulation.world;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The audit values of an environment's file, read without the service's code: each stands on a line of its own at the start, two
 * spaces in.
 */
public record FileValues(Optional<String> deploy, String user, String name, String createdAt, String expiresAt) {
    private static final Pattern DEPLOY = pattern("deploy_bastion");
    private static final Pattern USER = pattern("requested_by_user_id");
    private static final Pattern NAME = pattern("requested_by_username");
    private static final Pattern CREATED = pattern("created_at");
    private static final Pattern EXPIRES = pattern("expires_at");

    public static FileValues of(String file) {
        return new FileValues(
                value(file, DEPLOY),
                value(file, USER).orElse(""),
                value(file, NAME).orElse(""),
                value(file, CREATED).orElse(""),
                value(file, EXPIRES).orElse(""));
    }

    private static Optional<String> value(String file, Pattern key) {
        Matcher found = key.matcher(file);
        return found.find() ? Optional.of(found.group(2)) : Optional.empty();
    }

    private static Pattern pattern(String key) {
        return Pattern.compile("(?m)^(  " + key + " *= *)\"?([^\"\\s#]*)\"?");
    }

    public boolean isOpen() {
        return deploy.filter("1"::equals).isPresent();
    }

    /** The end; empty when it is no time. */
    public Optional<Instant> end() {
        try {
            return Optional.of(Instant.parse(expiresAt));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Whether these are the same access as before, by holder and start, with an earlier end. */
    public boolean shortens(FileValues before) {
        return isOpen()
                && before.isOpen()
                && user.equals(before.user)
                && createdAt.equals(before.createdAt)
                && end().isPresent()
                && before.end().filter(end().get()::isBefore).isPresent();
    }

    /** The file with other values, as a person edits it. */
    public static String edited(String file, int deploy, String user, String name, String createdAt, String expiresAt) {
        String edited = file.replaceFirst("(?m)^(  deploy_bastion *= *)\\S+", "$1" + deploy);
        edited = quoted(edited, "requested_by_user_id", user);
        edited = quoted(edited, "requested_by_username", name);
        edited = quoted(edited, "created_at", createdAt);
        return quoted(edited, "expires_at", expiresAt);
    }

    private static String quoted(String file, String key, String value) {
        return file.replaceFirst("(?m)^(  " + key + " *= *)\"[^\"]*\"", "$1\"" + value + "\"");
    }
}
