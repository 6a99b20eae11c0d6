package dev.bastion.app.config;

/** A value that a setting cannot have, with what is wrong and what to do. The sentence never shows the value. */
final class UnusableSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableSetting(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
