package dev.bastion.layout.account;

import dev.bastion.access.grant.InvalidValue;
import java.util.regex.Pattern;

/** An AWS region, like {@code eu-west-1}. */
public record Region(String value) implements Comparable<Region> {
    private static final Pattern FORM = Pattern.compile("[a-z]{2,4}(?:-[a-z]{1,16}){1,3}-[0-9]{1,2}");

    public Region {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("region", value, "one of AWS, like eu-west-1");
        }
    }

    @Override
    public int compareTo(Region other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
