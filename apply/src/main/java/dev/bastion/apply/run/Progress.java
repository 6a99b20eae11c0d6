package dev.bastion.apply.run;

/** The receiver of a run's progress, one short line at a time. */
@FunctionalInterface
public interface Progress {
    void say(String line);

    /** The text on one line, without characters that move a terminal's cursor. */
    static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+", " ")
                .strip();
    }
}
