package dev.bastion.access.grant;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an environment that people request: {@code dev}, or {@code prod/orders}. Lower-case letters, digits and hyphens, in up to four
 * segments joined by {@code /}, at most 64 characters; it is the path below {@code environments/}, so nothing that
 * could leave that directory can be one.
 */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {
    private static final String SEGMENT = "[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?";
    private static final Pattern FORM = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + "){0,3}");

    private static final int FIRST_LOCAL_PORT = 20_000;
    private static final int LOCAL_PORTS = 10_000;

    public EnvironmentName {
        if (value.length() > 64 || !FORM.matcher(value).matches()) {
            throw new InvalidValue(
                    "environment", value, "lower-case letters, digits and hyphens, like dev or prod/orders");
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

    /** What its resources are called and tagged with: {@code prod/orders} is {@code prod-orders} there. */
    public String resourceName() {
        return value.replace('/', '-');
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
