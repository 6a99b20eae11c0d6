package dev.bastion.sandbox.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The demo's output: prints each step as it happens and records it for {@link ResultFile}. Colours only on a terminal. */
public final class Narrator {
    private static final String GREEN = "32";
    private static final String RED = "31";
    private static final String CYAN = "36";
    private static final String DIM = "2";
    private static final int LONGEST = 120;

    private final PrintStream out;
    private final boolean colours;
    private final Instant start = Instant.now();
    private final List<Stage> stages = new ArrayList<>();

    /** A step that was observed, and when. */
    record Stage(String name, Instant at, Duration after, String detail) {}

    public Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    Instant start() {
        return start;
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    void headline(String text) {
        out.println();
        out.println(paint("1", text));
    }

    /** Something the demo does, such as starting a component. */
    void progress(String text) {
        out.println(paint(DIM, time() + "    " + text));
    }

    /** An action of a person: a command or a click. */
    void action(String who, String what) {
        out.println(time() + "  " + paint(CYAN, who + "> ") + paint("1", what));
    }

    /** A result that was observed. */
    void observed(String name, String detail) {
        stages.add(new Stage(name, Instant.now(), Duration.between(start, Instant.now()), detail));
        out.println(time() + "  " + paint(GREEN, "✔ ") + String.format("%-14s", name) + " " + shortened(detail));
    }

    void failed(String what) {
        out.println(time() + "  " + paint(RED, "✘ ") + what);
    }

    void quote(String text) {
        text.lines().forEach(line -> out.println("           " + paint(DIM, "│ ") + line));
    }

    void print(String text) {
        out.println(text);
    }

    boolean colours() {
        return colours;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private String time() {
        Duration since = Duration.between(start, Instant.now());
        return String.format("%2d:%02d.%d", since.toMinutes(), since.toSecondsPart(), since.toMillisPart() / 100);
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
