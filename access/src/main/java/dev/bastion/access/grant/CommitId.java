package dev.bastion.access.grant;

import java.util.regex.Pattern;

/** The name of a ledger record: a git object id, 40 lower-case hexadecimal digits. */
public record CommitId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public CommitId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("commit id", value, "40 hexadecimal digits");
        }
    }

    /** The first twelve digits, as people read it. */
    public String brief() {
        return value.substring(0, 12);
    }

    @Override
    public String toString() {
        return value;
    }
}
