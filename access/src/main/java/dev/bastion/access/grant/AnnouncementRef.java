package dev.bastion.access.grant;

import java.util.regex.Pattern;

/**
 * Where a grant is shown to people: an opaque name the announcer gave out, like {@code C0123ABC/1736937000.000100}. It
 * stands in the ledger, so that after a restart the same message is found again from git alone.
 */
public record AnnouncementRef(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{1,32}/[0-9]{1,16}\\.[0-9]{1,16}");

    public AnnouncementRef {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue(
                    "message reference", value, "a channel and a time stamp, like C0123ABC/1736937000.000100");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
