package dev.bastion.ledger.git.object;

/** Substring search in bytes. */
final class ByteSearch {
    private ByteSearch() {}

    static boolean contains(byte[] bytes, byte[] pattern) {
        for (int at = 0; at <= bytes.length - pattern.length; at++) {
            if (bytes[at] == pattern[0] && startsWith(bytes, at, pattern)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] pattern) {
        for (int i = 1; i < pattern.length; i++) {
            if (bytes[at + i] != pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
