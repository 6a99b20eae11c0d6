package dev.bastion.app.config;

import java.util.ArrayList;
import java.util.List;

/** The problems of one file, collected so that all are reported at once. */
final class ProblemCollector {
    private final String file;
    private final List<String> problems = new ArrayList<>();

    ProblemCollector(String file) {
        this.file = file;
    }

    void add(String path, String problem) {
        problems.add(file + ": " + (path.isEmpty() ? "the file" : path) + ": " + problem);
    }

    void add(String path, String problem, SettingType<?> type) {
        add(path, problem + "; it must be " + type.rule() + ", for example " + type.example());
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
