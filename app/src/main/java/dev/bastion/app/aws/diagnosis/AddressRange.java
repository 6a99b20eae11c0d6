package dev.bastion.app.aws.diagnosis;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Ranges of IPv4 addresses in CIDR notation, like {@code 10.0.0.0/16}. */
final class AddressRange {
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern RANGE = Pattern.compile(ADDRESS + "/\\d{1,2}");

    private AddressRange() {}

    /** Whether the range has the address; not where one of them cannot be read. */
    static boolean contains(String range, String address) {
        if (!RANGE.matcher(range).matches() || !ADDRESS.matcher(address).matches()) {
            return false;
        }
        int slash = range.indexOf('/');
        int free = Integer.SIZE - Math.min(Integer.SIZE, Integer.parseInt(range.substring(slash + 1)));
        return bits(range.substring(0, slash)) >>> free == bits(address) >>> free;
    }

    private static long bits(String address) {
        return Arrays.stream(address.split("\\.", -1))
                .mapToLong(Long::parseLong)
                .reduce(0, (high, low) -> (high << Byte.SIZE) | (low & 0xff));
    }
}
