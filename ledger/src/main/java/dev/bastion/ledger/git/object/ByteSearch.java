package dev.bastion.ledger.git.object;

/** Searches bytes. */
final class ByteSearch {
    private ByteSearch() {}

    static boolean contain(byte[] bytes, byte[] unmet) {
        for (int at = 0; at <= bytes.length - unmet.length; at++) {
            if (bytes[at] == unmet[0] && startsWith(bytes, at, unmet)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] unmet) {
        for (int i = 1; i < unmet.length; i++) {
            if (bytes[at + i] != unmet[i]) {
                return false;
            }
        }
        return true;
    }
}
