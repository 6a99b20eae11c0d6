package dev.bastion.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The problems of one file, collected so that all are reported at once: the first {@value #MOST}, each of at most {@value
 * #LONGEST} characters, because a file may have any number of problems of any length.
 */
final class ProblemCollector {
    private static final int MOST = 50;
    private static final int LONGEST = 500;

    private final String file;
    private final Function<String, OptionalInt> lines;
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Set<String> sections = new TreeSet<>();
    private int count;

    ProblemCollector(String file) {
        this(file, _ -> OptionalInt.empty());
    }

    /** @param lines the line of a path in the file */
    ProblemCollector(String file, Function<String, OptionalInt> lines) {
        this.file = file;
        this.lines = lines;
    }

    void add(String path, String problem) {
        count++;
        sections.add(path.replaceAll("[.\\[].*", ""));
        if (count <= MOST) {
            OptionalInt line = lines.apply(path);
            String where = file + (line.isPresent() ? ":" + line.getAsInt() : "");
            problems.add(cut(where + ": " + (path.isEmpty() ? "the file" : path) + ": " + problem));
        }
    }

    /** The first parts of the paths that have problems, like {@code slack}; empty for the file itself. */
    Set<String> sections() {
        return Set.copyOf(sections);
    }

    private static String cut(String problem) {
        return problem.length() <= LONGEST ? problem : problem.substring(0, LONGEST) + "…";
    }

    /** Adds what people should know, and what keeps nothing from working. */
    void remark(String path, String remark) {
        if (remarks.size() < MOST) {
            remarks.add(cut(file + ": " + path + ": " + remark));
        }
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Whether further problems are only counted. */
    boolean isFull() {
        return count >= MOST;
    }

    void add(String path, String problem, SettingType<?> type) {
        add(path, problem + "; it must be " + type.rule() + ", for example " + type.example());
    }

    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (count > MOST) {
            all.add(file + ": " + (count - MOST) + " more problems");
        }
        return List.copyOf(all);
    }
}
