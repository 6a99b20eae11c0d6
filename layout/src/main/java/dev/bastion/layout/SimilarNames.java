package dev.bastion.layout;

import dev.bastion.layout.RepositoryTree.Kind;
import java.util.Locale;

/**
 * The comparison of file names as the least strict file system makes it: without case, Unicode forms, invisible
 * characters, and dots or spaces at the end.
 */
public final class SimilarNames {
    private SimilarNames() {}

    /** Whether such a file system takes both for one name. */
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /** Whether it is the name of a Markdown file, in plain letters. */
    public static boolean isMarkdown(String name) {
        return name.endsWith(".md") && name.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
    }

    /** What an entry is, for people. */
    public static String kind(Kind kind) {
        return switch (kind) {
            case REGULAR -> "a file";
            case EXECUTABLE -> "an executable file";
            case SYMLINK -> "a symbolic link";
            case SUBMODULE -> "a submodule";
            case DIRECTORY -> "a directory";
        };
    }

    private static String key(String name) {
        String plain = name.replaceAll("[\\p{Cf}\\p{Cc}\\ufe00-\\ufe0f]", "");
        return PathPattern.folded(PathPattern.folded(plain).toUpperCase(Locale.ROOT))
                .replaceAll("[. ]+$", "");
    }
}
