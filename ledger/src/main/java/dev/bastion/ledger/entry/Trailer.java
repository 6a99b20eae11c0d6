package dev.bastion.ledger.entry;

/** One {@code Key: value} line of a trailer block. The value is one line and not empty. */
record Trailer(String key, String value) {
    Trailer {
        if (key.isEmpty() || keyLength(key) < key.length()) {
            throw new IllegalArgumentException("a trailer key has letters, digits and hyphens only: " + key);
        }
        value = OneLine.of(value);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the trailer " + key + " has no value");
        }
    }

    /** The number of characters at the beginning of a line that a key may have. */
    static int keyLength(String line) {
        int at = 0;
        while (at < line.length() && isOfKey(line.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfKey(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-';
    }

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
