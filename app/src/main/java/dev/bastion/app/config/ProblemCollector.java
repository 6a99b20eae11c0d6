package dev.bastion.app.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong in one file: collected, so that all of it is told at once. */
final class ProblemCollector {
    private final String file;
    private final List<String> found = new ArrayList<>();

    ProblemCollector(String file) {
        this.file = file;
    }

    void add(String path, String what) {
        found.add(file + ": " + (path.isEmpty() ? "the file" : path) + ": " + what);
    }

    void add(String path, String what, SettingType<?> kind) {
        add(path, what + "; it must be " + kind.rule() + ", for example " + kind.example());
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
