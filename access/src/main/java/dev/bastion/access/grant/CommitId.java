package dev.bastion.access.grant;

/** The name of a ledger record: a git object id, 40 lower-case hexadecimal digits. */
public record CommitId(String value) {
    private static final int LENGTH = 40;

    public CommitId {
        if (!isId(value)) {
            throw new InvalidValue("commit id", value, "40 hexadecimal digits");
        }
    }

    /** A history has hundreds of thousands, so no regular expression looks at them. */
    private static boolean isId(String text) {
        boolean isId = text.length() == LENGTH;
        for (int at = 0; isId && at < LENGTH; at++) {
            char each = text.charAt(at);
            isId = (each >= '0' && each <= '9') || (each >= 'a' && each <= 'f');
        }
        return isId;
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
