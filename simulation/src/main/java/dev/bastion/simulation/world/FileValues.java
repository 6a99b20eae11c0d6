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
    public static FileValues of(String file) {
        return new FileValues(
                value(file, "deploy_bastion"),
                value(file, "requested_by_user_id").orElse(""),
                value(file, "requested_by_username").orElse(""),
                value(file, "created_at").orElse(""),
                value(file, "expires_at").orElse(""));
    }

    private static Optional<String> value(String file, String key) {
        Matcher found = pattern(key).matcher(file);
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
