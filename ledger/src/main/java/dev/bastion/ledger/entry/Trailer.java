package dev.bastion.ledger.entry;

import java.util.regex.Pattern;

/** One {@code Key: value} line of a trailer block. The value is one line and not empty. */
record Trailer(String key, String value) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]+");

    Trailer {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a trailer key has letters, digits and hyphens only: " + key);
        }
        value = OneLine.of(value);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the trailer " + key + " has no value");
        }
    }

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
