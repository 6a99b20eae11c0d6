package dev.bastion.ledger.git.signature;

import java.time.Instant;
import java.util.List;

/**
 * A key that may sign for git.
 *
 * @param principals whom it signs for: email addresses, or patterns with {@code *} and {@code ?}; {@code !} excludes
 * @param validAfter the first moment that it is valid
 * @param validBefore the last moment that it is valid
 */
public record AllowedSigner(List<String> principals, Instant validAfter, Instant validBefore, SshPublicKey key) {
    public AllowedSigner {
        principals = List.copyOf(principals);
    }

    boolean allows(SshPublicKey other, String principal, Instant at) {
        return allows(other, at) && matches(principals, principal);
    }

    boolean allows(SshPublicKey other, Instant at) {
        return key.equals(other) && !at.isBefore(validAfter) && !at.isAfter(validBefore);
    }

    /** OpenSSH's match of a pattern list: one pattern must match, and no excluding one may. */
    static boolean matches(List<String> patterns, String text) {
        boolean isExcluded =
                patterns.stream().anyMatch(pattern -> pattern.startsWith("!") && matches(pattern.substring(1), text));
        return !isExcluded && patterns.stream().anyMatch(pattern -> !pattern.startsWith("!") && matches(pattern, text));
    }

    /** A match of one pattern in time linear in its length times the text's, unlike a regular expression's. */
    private static boolean matches(String pattern, String text) {
        int inPattern = 0;
        int inText = 0;
        int star = -1;
        int retry = 0;
        while (inText < text.length()) {
            char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : '\0';
            if (wanted == '*') {
                star = inPattern++;
                retry = inText;
            } else if (wanted == '?' || (wanted != '\0' && wanted == text.charAt(inText))) {
                inPattern++;
                inText++;
            } else if (star >= 0) {
                inPattern = star + 1;
                inText = ++retry;
            } else {
                return false;
            }
        }
        return pattern.substring(inPattern).chars().allMatch(left -> left == '*');
    }
}
