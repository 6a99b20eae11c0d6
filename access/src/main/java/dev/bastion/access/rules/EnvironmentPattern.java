package dev.bastion.access.rules;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.util.Locale;

/** A key of the policy for several environments, like {@code prod/*}: a star stands for any characters but a slash, and case does not matter. */
public record EnvironmentPattern(String value) {
    public EnvironmentPattern {
        if (!isPattern(value)
                || value.contains("**")
                || EnvironmentName.parse(value.replace('*', 'x'))
                        .filter(name -> !name.namesSlot())
                        .isEmpty()) {
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
        return overlaps(folded(), environment.folded().value());
    }

    public boolean overlaps(EnvironmentPattern other) {
        return overlaps(folded(), other.folded());
    }

    private String folded() {
        return value.toLowerCase(Locale.ROOT);
    }

    /** The length of the text before the first star. */
    public int literalPrefix() {
        return value.indexOf('*');
    }

    /** Whether a text matches both, in time proportional to the product of their lengths. */
    private static boolean overlaps(String one, String other) {
        // both[i][j]: a text matches the first i characters of one, and the first j of the other
        boolean[][] both = new boolean[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                char left = i == 0 ? '/' : one.charAt(i - 1);
                char right = j == 0 ? '/' : other.charAt(j - 1);
                boolean withoutLeft = i > 0 && both[i - 1][j];
                boolean withoutRight = j > 0 && both[i][j - 1];
                both[i][j] = (i == 0 && j == 0)
                        || (left == '*' && (withoutLeft || (withoutRight && right != '/')))
                        || (right == '*' && (withoutRight || (withoutLeft && left != '/')))
                        || (i > 0 && j > 0 && left == right && both[i - 1][j - 1]);
            }
        }
        return both[one.length()][other.length()];
    }

    @Override
    public String toString() {
        return value;
    }
}
