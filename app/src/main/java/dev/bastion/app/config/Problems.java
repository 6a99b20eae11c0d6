package dev.bastion.app.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong in one file: collected, so that all of it is told at once. */
final class Problems {
    private final String file;
    private final List<String> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(String path, String what) {
        found.add(file + ": " + (path.isEmpty() ? "the file" : path) + ": " + what);
    }

    void add(String path, String what, Kind<?> kind) {
        add(path, what + "; it must be " + kind.rule() + ", for example " + kind.example());
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
