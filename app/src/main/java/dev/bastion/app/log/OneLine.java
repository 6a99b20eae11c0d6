package dev.bastion.app.log;

/** Text on one line: what is no visible character or space is written as an escape of Java. */
final class OneLine {
    private OneLine() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(line, point));
        return line.toString();
    }

    /** The same for a text between double quotes: these and backslashes have a backslash before them. */
    static String quoted(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                line.append('\\');
            }
            append(line, point);
        });
        return line.toString();
    }

    private static void append(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isVisible(point)) {
                    line.appendCodePoint(point);
                } else {
                    line.append("\\u{%x}".formatted(point));
                }
            }
        }
    }

    /** Not control characters, line and paragraph separators, nor what changes the direction of a text. */
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
