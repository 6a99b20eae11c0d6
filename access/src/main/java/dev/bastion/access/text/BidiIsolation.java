package dev.bastion.access.text;

/**
 * The isolation of foreign text that is written from right to left: without it, such a name reorders the words and numbers
 * beside it on the screen (Unicode Standard Annex 9, isolates).
 */
public final class BidiIsolation {
    private static final char FIRST_STRONG_ISOLATE = '\u2068';
    private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

    private BidiIsolation() {}

    /** The text, between isolates where it has a character of a script from right to left. */
    public static String isolate(String text) {
        return text.codePoints().anyMatch(BidiIsolation::isFromTheRight)
                ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE
                : text;
    }

    private static boolean isFromTheRight(int character) {
        return switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }
}
