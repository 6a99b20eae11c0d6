package dev.bastion.hcl.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The escaping of text between quotes: written as hclwrite's {@code escapeQuotedStringLit}, read as hclsyntax's {@code
 * ParseStringLiteralToken}.
 */
public final class QuotedText {
    private QuotedText() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            quoted.append(escaped(point, at < text.length() && text.charAt(at) == '{'));
        }
        return quoted.append('"').toString();
    }

    private static String escaped(int point, boolean beforeBrace) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '$' -> beforeBrace ? "$$" : "$";
            case '%' -> beforeBrace ? "%%" : "%";
            default -> isPrintable(point) ? Character.toString(point) : escapedByNumber(point);
        };
    }

    private static String escapedByNumber(int point) {
        return String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\U%08x", point);
    }

    /** As Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the plain space. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** The unescaped text between two quotes; empty when an escape is invalid. */
    public static Optional<String> unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            int next = raw.charAt(at) == '\\' ? escape(raw, at, text) : plain(raw, at, text);
            if (next < 0) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(text.toString());
    }

    /** The unescaped text of a heredoc, in which a backslash is literal. */
    public static String unescapeHeredoc(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            at = plain(raw, at, text);
        }
        return text.toString();
    }

    /** Appends one character, <code>$${</code> and <code>%%{</code> as one, and returns the offset of the next. */
    private static int plain(String raw, int at, StringBuilder text) {
        if (raw.startsWith("$${", at) || raw.startsWith("%%{", at)) {
            text.append(raw, at + 1, at + 3);
            return at + 3;
        }
        text.append(raw.charAt(at));
        return at + 1;
    }

    /** Appends one unescaped character and returns the offset of the next, or -1. */
    private static int escape(String raw, int at, StringBuilder text) {
        if (at + 1 >= raw.length()) {
            return -1;
        }
        char selector = raw.charAt(at + 1);
        return switch (selector) {
            case 'n' -> appended(text, '\n', at + 2);
            case 'r' -> appended(text, '\r', at + 2);
            case 't' -> appended(text, '\t', at + 2);
            case '"', '\\' -> appended(text, selector, at + 2);
            case 'u' -> appendedByNumber(text, raw, at + 2, at + 6);
            case 'U' -> appendedByNumber(text, raw, at + 2, at + 10);
            default -> -1;
        };
    }

    private static int appended(StringBuilder text, char character, int next) {
        text.append(character);
        return next;
    }

    private static int appendedByNumber(StringBuilder text, String raw, int from, int to) {
        if (to > raw.length() || !raw.substring(from, to).matches("[0-9a-fA-F]+")) {
            return -1;
        }
        long point = Long.parseLong(raw.substring(from, to), 16);
        if (point > Character.MAX_CODE_POINT || Character.getType((int) point) == Character.SURROGATE) {
            return -1;
        }
        text.appendCodePoint((int) point);
        return to;
    }
}
