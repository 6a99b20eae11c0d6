package dev.bastion.sandbox.demo.narration;

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
    private int chapters;

    /** A step that was observed, and when. */
    public record Stage(String name, Instant at, Duration after, String detail) {}

    public Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public Instant start() {
        return start;
    }

    public List<Stage> stages() {
        return List.copyOf(stages);
    }

    /** A numbered headline; the start has number 0. */
    public void chapter(String text) {
        headline(chapters++ + ". " + text);
    }

    public void headline(String text) {
        out.println();
        out.println(paint("1", text));
    }

    /** Something the demo does, such as starting a component. */
    public void progress(String text) {
        out.println(paint(DIM, time() + "    " + text));
    }

    /** An action of a person: a command or a click. */
    public void action(String who, String what) {
        out.println(time() + "  " + paint(CYAN, who + "> ") + paint("1", what));
    }

    /** A result that was observed. */
    public void observed(String name, String detail) {
        stages.add(new Stage(name, Instant.now(), Duration.between(start, Instant.now()), detail));
        out.println(time() + "  " + paint(GREEN, "✔ ") + String.format("%-14s", name) + " " + shortened(detail));
    }

    public void failed(String what) {
        out.println(time() + "  " + paint(RED, "✘ ") + what);
    }

    public void quote(String text) {
        text.lines().forEach(line -> out.println("           " + paint(DIM, "│ ") + line));
    }

    public void print(String text) {
        out.println(text);
    }

    public boolean colours() {
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
