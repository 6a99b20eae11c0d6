package dev.bastion.access.observation;

import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.Timestamps;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values that other systems and people said, in the form that the ledger keeps: bounded, visible, one line. An observation must
 * not fail because of them, so what does not fit is cut or left out.
 */
final class ForeignValues {
    private static final int LONGEST_ADDRESS = 500;
    private static final Duration LONGEST_TIME = Duration.ofDays(36_525);
    private static final Pattern OUTSIDE_TOKEN = Pattern.compile("[^!-~]+");
    private static final Pattern ADDRESS = Pattern.compile("https?://[!-~]+");

    private ForeignValues() {}

    /** One line for people, of at most {@value Reason#LONGEST} characters. */
    static String line(String text) {
        return Reason.cut(text).text();
    }

    /** One word of printable ASCII, as bounded as a line; other characters become {@code -}. */
    static String token(String text) {
        return line(OUTSIDE_TOKEN.matcher(text).replaceAll("-"));
    }

    /** The value when it has that form. */
    static Optional<String> matching(Pattern form, Optional<String> value) {
        return value.filter(text -> form.matcher(text).matches());
    }

    /** The address, when it is one of the web that fits on a line. */
    static Optional<URI> address(Optional<URI> page) {
        return page.filter(address -> address.toString().length() <= LONGEST_ADDRESS
                && ADDRESS.matcher(address.toString()).matches()
                && line(address.toString()).equals(address.toString()));
    }

    /** In whole seconds and the years that the ledger holds. */
    static Instant moment(Instant moment) {
        return Timestamps.clamped(Timestamps.wholeSeconds(moment));
    }

    /** In whole seconds, neither negative nor longer than a century. */
    static Duration length(Duration length) {
        Duration bounded = length.compareTo(LONGEST_TIME) > 0 ? LONGEST_TIME : length;
        return bounded.isNegative() ? Duration.ZERO : Duration.ofSeconds(bounded.toSeconds());
    }
}
