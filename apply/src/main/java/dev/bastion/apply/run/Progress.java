package dev.bastion.apply.run;

/** Is told how a run goes, one short line at a time. */
@FunctionalInterface
public interface Progress {
    void say(String line);

    /** The text with everything that could move a terminal's cursor or break the line replaced by a space. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
    }
}
