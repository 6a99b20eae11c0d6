package dev.bastion.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The last section of a Markdown document: the aims of a run with their figures, as they are published. */
public final class FiguresSection {
    static final String HEADING = "## Figures\n";

    private FiguresSection() {}

    /** @throws IOException when the document cannot be read or has no such heading */
    public static void requireIn(Path document) throws IOException {
        textBefore(document);
    }

    /**
     * Replaces the section.
     *
     * @param measurements those of a run, by the names of their benchmarks
     * @throws IOException when the document has no such heading
     */
    public static void replace(
            Path document, Machine machine, List<Aim> aims, Map<String, List<Measurement>> measurements)
            throws IOException {
        Files.writeString(document, textBefore(document) + of(machine, aims, measurements));
    }

    private static String textBefore(Path document) throws IOException {
        if (!Files.exists(document)) {
            throw new IOException("there is no file " + document);
        }
        String text = Files.readString(document);
        int heading = text.indexOf("\n" + HEADING);
        if (heading < 0) {
            throw new IOException(document + " has no line '" + HEADING.strip() + "', below which the figures go");
        }
        return text.substring(0, heading + 1);
    }

    private static String of(Machine machine, List<Aim> aims, Map<String, List<Measurement>> measurements) {
        return HEADING + "\nMeasured " + machine.text() + ", Java " + machine.java() + ", " + machine.system()
                + ".\n\n| Benchmark | Aim | Figure | | Beside it |\n|---|---|---|---|---|\n"
                + aims.stream()
                        .map(aim -> rows(aim, measurements.getOrDefault(aim.benchmark(), List.of())))
                        .collect(Collectors.joining());
    }

    private static String rows(Aim aim, List<Measurement> all) {
        List<Measurement> found =
                all.stream().filter(one -> one.aims().contains(aim)).toList();
        if (found.isEmpty()) {
            return row(aim, aim.subject(), "", "not measured", "");
        }
        return found.stream()
                .map(one -> row(
                        aim,
                        one.what(),
                        aim.target().figure(one.samples(), one.group(all)),
                        Verdict.of(aim, one, one.group(all)).toString(),
                        String.join("; ", Beside.of(aim, one, one.group(all)))))
                .collect(Collectors.joining());
    }

    private static String row(Aim aim, String what, String figure, String verdict, String beside) {
        return "| `%s` | %s: %s | %s | %s | %s |\n"
                .formatted(aim.benchmark(), what, aim.target().text(), figure, verdict, beside);
    }
}
