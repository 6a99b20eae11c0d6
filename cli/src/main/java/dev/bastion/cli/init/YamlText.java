package dev.bastion.cli.init;

/** Texts as YAML's strings. */
final class YamlText {
    private YamlText() {}

    /** The text, quoted where YAML could read something else, as in {@code on} or {@code 123}. */
    static String of(String text) {
        boolean isPlain = text.matches("[A-Za-z]([A-Za-z0-9._/-]*[A-Za-z0-9])?")
                && !text.matches("(?i)(y|n|yes|no|on|off|true|false|null|nan|inf)");
        return isPlain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
