package dev.bastion.access.grant;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an environment that people request: {@code dev}, {@code prod/orders} or {@code Orders_DB.v2}. It has parts of
 * letters, digits, {@code -}, {@code _} and {@code .}, joined by {@code /}, and at most 64 characters. Each part begins and
 * ends with a letter, a digit or {@code _}, so that it can be a directory, a part of a branch's name and of an option.
 * Two environments whose names differ by case alone are an error, so people may type it in any case.
 *
 * <p>A slot of an environment has its name and {@code #} with the slot's number, from 2 to 99: {@code dev#2}. The first slot is
 * {@code dev} itself, which people may also type as {@code dev#1} (docs/adr/0028-slots.md).
 */
public record EnvironmentName(String value) implements Comparable<EnvironmentName> {
    private static final int LONGEST = 64;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._/-]{0,62}[A-Za-z0-9_])?");
    /** What a part cannot have at its ends or in it: git refuses such names of branches, and {@code ..} leaves a directory. */
    private static final Pattern FORBIDDEN = Pattern.compile("\\.\\.|/[./-]|[.-]/|(?i:\\.lock(?:/|$))");

    private static final Pattern SLOT = Pattern.compile("#[1-9][0-9]?$");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]");
    private static final Pattern ENDS = Pattern.compile("^-+|-+$");

    /** The slots of an environment stand together, in the order of their numbers. */
    private static final Comparator<EnvironmentName> ORDER = Comparator.comparing(
                    (EnvironmentName name) -> name.withoutSlot().value)
            .thenComparingInt(EnvironmentName::slot)
            .thenComparing(EnvironmentName::value);

    private static final int FIRST_LOCAL_PORT = 20_000;
    private static final int LOCAL_PORTS = 10_000;

    public EnvironmentName {
        String environment =
                value.indexOf('#') < 0 ? value : SLOT.matcher(value).replaceFirst("");
        if (value.length() > LONGEST
                || !FORM.matcher(environment).matches()
                || FORBIDDEN.matcher(environment).find()
                || resourceName(environment).isEmpty()) {
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

    /** The environment of which this is a slot; itself where it is none. */
    public EnvironmentName withoutSlot() {
        return namesSlot() ? new EnvironmentName(value.substring(0, value.indexOf('#'))) : this;
    }

    /** Whether it names one slot, like {@code dev#2}. */
    public boolean namesSlot() {
        return value.indexOf('#') >= 0;
    }

    /** The number of the slot, from 1. */
    public int slot() {
        return namesSlot() ? Integer.parseInt(value.substring(value.indexOf('#') + 1)) : 1;
    }

    /** The slot with this number, from 1 to 99, of the same environment. */
    public EnvironmentName slot(int number) {
        String environment = withoutSlot().value;
        return new EnvironmentName(number == 1 ? environment : environment + "#" + number);
    }

    /** Whether both are slots of one environment, or the same. */
    public boolean sharesSlotsWith(EnvironmentName other) {
        return withoutSlot().equals(other.withoutSlot());
    }

    /** What people read: {@code dev}, or {@code dev #2}. */
    public String title() {
        return value.replace("#", " #");
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
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.equals(value) ? this : new EnvironmentName(lower);
    }

    /** Whether a person who types the other name means this one. */
    public boolean isTyped(EnvironmentName other) {
        return value.equalsIgnoreCase(other.value);
    }

    /** The port of a person's machine that leads to its database, unless they choose another: from 20000 to 29999. */
    public int localPort() {
        return FIRST_LOCAL_PORT + Math.floorMod(value.hashCode(), LOCAL_PORTS);
    }

    /** The same for one of several databases behind its bastion. */
    public int localPort(String target) {
        return FIRST_LOCAL_PORT + Math.floorMod((value + ":" + target).hashCode(), LOCAL_PORTS);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return namesSlot() || other.namesSlot() ? ORDER.compare(this, other) : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
