package dev.bastion.access.grant;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an environment that people request: {@code dev}, {@code prod/orders} or {@code Orders_DB.v2}. It has parts of
 * letters, digits, {@code -}, {@code _} and {@code .}, joined by {@code /}, and at most 64 characters. Each part begins and
 * ends with a letter, a digit or {@code _}, so that it can be a directory, a part of a branch's name and of an option.
 * Two environments whose names differ by case alone are an error, so people may type it in any case.
 */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {
    private static final int LONGEST = 64;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._/-]{0,62}[A-Za-z0-9_])?");
    /** What a part cannot have at its ends or in it: git refuses such names of branches, and {@code ..} leaves a directory. */
    private static final Pattern FORBIDDEN = Pattern.compile("\\.\\.|/[./-]|[.-]/|(?i:\\.lock(?:/|$))");

    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]");
    private static final Pattern ENDS = Pattern.compile("^-+|-+$");

    private static final int FIRST_LOCAL_PORT = 20_000;
    private static final int LOCAL_PORTS = 10_000;

    public EnvironmentName {
        if (value.length() > LONGEST
                || !FORM.matcher(value).matches()
                || FORBIDDEN.matcher(value).find()
                || resourceName(value).isEmpty()) {
            throw new InvalidValue(
                    "environment",
                    value,
                    "at most 64 letters, digits, '-', '_', '.' and '/', like dev or prod/orders; each part begins and"
                            + " ends with a letter, a digit or '_'");
        }
    }

    /** The name that a text is; empty when it cannot be one. */
    public static Optional<EnvironmentName> parse(String text) {
        try {
            return Optional.of(new EnvironmentName(text));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    /**
     * What its resources are called and tagged with: lower-case letters, digits and hyphens, so that {@code prod/orders} is
     * {@code prod-orders} there, and {@code Orders_DB.v2} is {@code orders-db-v2}.
     */
    public String resourceName() {
        return resourceName(value);
    }

    private static String resourceName(String value) {
        String legal = OTHERS.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("-");
        return ENDS.matcher(legal).replaceAll("");
    }

    /** The name in lower case, by which names are compared where case does not matter. */
    public EnvironmentName folded() {
        return new EnvironmentName(value.toLowerCase(Locale.ROOT));
    }

    /** Whether a person who types the other name means this one. */
    public boolean isTyped(EnvironmentName other) {
        return value.equalsIgnoreCase(other.value);
    }

    /** The port of a person's machine that leads to its database, unless they choose another: from 20000 to 29999. */
    public int localPort() {
        return FIRST_LOCAL_PORT + Math.floorMod(value.hashCode(), LOCAL_PORTS);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
