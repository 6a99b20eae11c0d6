package dev.bastion.access.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;

/** A key of the policy for several environments, like {@code prod/*}: a star stands for any characters but a slash. */
public record EnvironmentPattern(String value) {
    public EnvironmentPattern {
        if (!isPattern(value)
                || value.contains("**")
                || EnvironmentName.parse(value.replace('*', 'x')).isEmpty()) {
            throw new InvalidValue(
                    "pattern of environments",
                    value,
                    "a name in which each * stands for one path part, or part of one, like prod/* or team-*/dev");
        }
    }

    public static boolean isPattern(String key) {
        return key.indexOf('*') >= 0;
    }

    public boolean matches(EnvironmentName environment) {
        return overlaps(value, environment.value());
    }

    public boolean overlaps(EnvironmentPattern other) {
        return overlaps(value, other.value);
    }

    /** The length of the text before the first star. */
    public int literalPrefix() {
        return value.indexOf('*');
    }

    /** Whether a text matches both, in time proportional to the product of their lengths. */
    private static boolean overlaps(String one, String other) {
        boolean[] after = {};
        for (int i = one.length(); i >= 0; i--) {
            boolean[] row = new boolean[other.length() + 1];
            for (int j = other.length(); j >= 0; j--) {
                row[j] = rest(one, i, other, j, row, after);
            }
            after = row;
        }
        return after[0];
    }

    /** Whether a text matches the rest of both, as {@code row} and {@code after} know it for shorter rests. */
    private static boolean rest(String one, int i, String other, int j, boolean[] row, boolean[] after) {
        boolean isOneOver = i == one.length();
        boolean isOtherOver = j == other.length();
        if (isOneOver && isOtherOver) {
            return true;
        }
        if (!isOneOver && one.charAt(i) == '*') {
            return after[j] || (!isOtherOver && other.charAt(j) != '/' && row[j + 1]);
        }
        if (!isOtherOver && other.charAt(j) == '*') {
            return row[j + 1] || (!isOneOver && one.charAt(i) != '/' && after[j]);
        }
        return !isOneOver && !isOtherOver && one.charAt(i) == other.charAt(j) && after[j + 1];
    }

    @Override
    public String toString() {
        return value;
    }
}
