package dev.bastion.hcl.syntax;

import java.util.Arrays;

/**
 * The scanner of lexical elements in UTF-8 bytes. Every method returns the end offset of an element, or {@code at} when
 * there is none.
 */
final class CharacterScanner {
    private CharacterScanner() {}

    static boolean has(byte[] bytes, int at, char character) {
        return at < bytes.length && bytes[at] == character;
    }

    static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
        return at + prefix.length <= bytes.length
                && Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
    }

    static boolean isDigit(byte[] bytes, int at) {
        return at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9';
    }

    static int spaces(byte[] bytes, int at) {
        int end = at;
        while (has(bytes, end, ' ') || has(bytes, end, '\t')) {
            end++;
        }
        return end;
    }

    /** A newline, with or without a carriage return. */
    static int newline(byte[] bytes, int at) {
        if (has(bytes, at, '\n')) {
            return at + 1;
        }
        return has(bytes, at, '\r') && has(bytes, at + 1, '\n') ? at + 2 : at;
    }

    /** The rest of the line, without its newline. */
    static int restOfLine(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end < bytes.length && end > at && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    /** Through the next <code>*</code><code>/</code>, or {@code at} when there is none. */
    static int blockComment(byte[] bytes, int at) {
        for (int end = at + 2; end + 1 < bytes.length; end++) {
            if (bytes[end] == '*' && bytes[end + 1] == '/') {
                return end + 2;
            }
        }
        return at;
    }

    static int number(byte[] bytes, int at) {
        int end = digits(bytes, at);
        while (has(bytes, end, '.') && isDigit(bytes, end + 1)) {
            end = digits(bytes, end + 1);
        }
        if (has(bytes, end, 'e') || has(bytes, end, 'E')) {
            int sign = has(bytes, end + 1, '+') || has(bytes, end + 1, '-') ? 1 : 0;
            end = isDigit(bytes, end + 1 + sign) ? digits(bytes, end + 1 + sign) : end;
        }
        return end;
    }

    private static int digits(byte[] bytes, int at) {
        int end = at;
        while (isDigit(bytes, end)) {
            end++;
        }
        return end;
    }

    /** A name: a letter or an underscore, then letters, digits, marks, underscores and dashes of any script. */
    static int word(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length) {
            int point = codePoint(bytes, end);
            boolean belongs = end == at ? startsWord(point) : startsWord(point) || continuesWord(point);
            if (!belongs) {
                return end;
            }
            end += width(point);
        }
        return end;
    }

    private static boolean startsWord(int point) {
        return point == '_' || (point >= 0 && Character.isUnicodeIdentifierStart(point));
    }

    private static boolean continuesWord(int point) {
        return point == '-'
                || (point >= 0 && Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
    }

    /** The code point at an offset, or -1 where the bytes are not UTF-8. */
    private static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        if (lead < 0x80) {
            return lead;
        }
        int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || at + more >= bytes.length) {
            return -1;
        }
        int point = lead & (0x3f >> more);
        for (int next = at + 1; next <= at + more; next++) {
            if ((bytes[next] & 0xc0) != 0x80) {
                return -1;
            }
            point = point << 6 | (bytes[next] & 0x3f);
        }
        return width(point) == more + 1 ? point : -1;
    }

    private static int width(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
