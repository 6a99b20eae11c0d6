package dev.bastion.access.grant;

/** Text that is not what it should be: what it was for, what it said (made harmless), and what to write instead. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 40;

    private final String explanation;

    public InvalidValue(String what, String text, String expected) {
        this("\"" + shown(text) + "\" is not a valid " + what + "; write " + expected);
    }

    private InvalidValue(String explanation) {
        super(explanation);
        this.explanation = explanation;
    }

    /** What was wrong and what to write instead, for people. */
    public String explanation() {
        return explanation;
    }

    /** At most 40 characters, everything outside printable ASCII as {@code ?}: safe in a log line or a message. */
    private static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
