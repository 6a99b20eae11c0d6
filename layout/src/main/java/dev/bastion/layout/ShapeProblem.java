package dev.bastion.layout;

import dev.bastion.hcl.model.HclException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One deviation from the canonical shape.
 *
 * @param file its path in the repository
 * @param line the line, from 1; 0 when the problem is about the whole file or directory
 * @param problem what is wrong, without a full stop
 * @param remedy what to do, without a full stop
 */
public record ShapeProblem(String file, int line, String problem, String remedy) {
    private static final Pattern OF_THE_READER = Pattern.compile(":(\\d{1,9}): (.*)\\. ([^.]*(?:`[^`]*`[^.]*)*)\\.");
    private static final int MOST = 300;

    /** Two sentences for people: {@code <file>:<line>: <what is wrong>. <What to do>.} */
    public String sentence() {
        return statement() + ". " + visible(remedy) + ".";
    }

    /** The first of the sentences, without its full stop. */
    public String statement() {
        return visible(file) + (line == 0 ? "" : ":" + line) + ": " + visible(problem);
    }

    /** The problem that the reader of HCL has with a file. */
    public static ShapeProblem of(String file, HclException unreadable) {
        String text = unreadable.problem();
        String rest = text.startsWith(file) ? text.substring(file.length()) : text;
        Matcher parts = OF_THE_READER.matcher(rest);
        return parts.matches()
                ? new ShapeProblem(file, Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3))
                : new ShapeProblem(file, 0, rest, "Correct the file");
    }

    /** One line without characters that a terminal or a page would obey; the text may come from a file name. */
    private static String visible(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\ufffd]+", " ")
                .strip();
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
