package dev.bastion.app.config.yaml;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value in a YAML file that YAML does not read as a string.
 *
 * @param line counted from 1
 * @param kind what YAML makes of it: {@code a number}
 * @param written as it stands in the file
 */
public record NonString(int line, String kind, String written) {
    private static final int SHOWN = 40;
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("(?i)y|n|yes|no|on|off|true|false");
    /** In YAML 1.1 and 1.2: decimal, octal, hexadecimal, binary, with {@code _}, with an exponent, and to the base 60. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+"
            + "|\\d[\\d_]*(?::[0-5]?\\d)+(?:\\.[\\d_]*)?"
            + "|(?:\\.\\d[\\d_]*|\\d[\\d_]*(?:\\.[\\d_]*)?)(?:[eE][-+]?\\d+)?|\\.(?i:inf))|\\.(?i:nan)");

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d?-\\d\\d?(?:[Tt \\t].*)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9]\\d*");

    /** What YAML 1.1 or 1.2 makes of a text without quotes and tags; empty for a string. */
    static Optional<String> kindOf(String plain) {
        if (NULL.matcher(plain).matches()) {
            return Optional.of("null");
        }
        if (BOOLEAN.matcher(plain).matches()) {
            return Optional.of("true or false");
        }
        if (NUMBER.matcher(plain).matches()) {
            return Optional.of("a number");
        }
        return DATE.matcher(plain).matches() ? Optional.of("a date") : Optional.empty();
    }

    /** Whether it is a number that reads the same however it is read: without sign, leading zero, {@code _} or exponent. */
    public boolean isWholeNumber() {
        return kind.equals("a number") && WHOLE_NUMBER.matcher(written).matches();
    }

    /** What is wrong and what to write instead. */
    public String problem() {
        String start = written.length() > SHOWN ? written.substring(0, SHOWN) + "..." : written;
        String shown = start.replaceAll("[^\\x20-\\x7e]", "?");
        return "line " + line + ": YAML reads " + shown + " as " + kind + ", not as a string; quote it: \"" + shown
                + "\"";
    }
}
