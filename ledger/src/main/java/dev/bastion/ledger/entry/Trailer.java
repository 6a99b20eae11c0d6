package dev.bastion.ledger.entry;

/** One {@code Key: value} line of a trailer block. The value is one line and not empty. */
record Trailer(String key, String value) {
    Trailer {
        if (key.isEmpty() || !key.chars().allMatch(Trailer::isOfKey)) {
            throw new IllegalArgumentException("a trailer key has letters, digits and hyphens only: " + key);
        }
        value = OneLine.of(value);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the trailer " + key + " has no value");
        }
    }

    static boolean isOfKey(int character) {
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
