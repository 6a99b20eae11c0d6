package dev.bastion.ledger.entry;

import java.util.regex.Pattern;

/** One {@code Key: value} line at the end of a commit message; the value is one line and not empty. */
record Trailer(String key, String value) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]+");

    Trailer {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("a trailer's key is letters, digits and hyphens, not " + key);
        }
        value = OneLine.of(value);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the trailer " + key + " says nothing");
        }
    }

    @Override
    public String toString() {
        return key + ": " + value;
    }
}
