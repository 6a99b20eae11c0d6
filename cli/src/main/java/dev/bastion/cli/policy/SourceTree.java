package dev.bastion.cli.policy;

import dev.bastion.layout.RepositoryTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of the repository around the policy files. It says of no file whether it is executable. */
final class SourceTree implements RepositoryTree {
    private final PolicySource source;
    private final SortedMap<String, SortedMap<String, Entry>> directories = new TreeMap<>();

    SourceTree(PolicySource source) {
        this.source = source;
        source.pathsBelow("").forEach(path -> add(path, Kind.REGULAR));
    }

    private void add(String path, Kind kind) {
        int slash = path.lastIndexOf('/');
        String directory = path.substring(0, Math.max(0, slash));
        String name = path.substring(slash + 1);
        boolean isNew =
                directories.computeIfAbsent(directory, _ -> new TreeMap<>()).put(name, new Entry(name, kind, "", 0))
                        == null;
        if (isNew && !directory.isEmpty()) {
            add(directory, Kind.DIRECTORY);
        }
    }

    @Override
    public List<Entry> list(String directory, int limit) {
        return directories.getOrDefault(directory, new TreeMap<>()).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<byte[]> read(String path, int limit) {
        return source.fileOfRepository(path).filter(content -> content.length <= limit);
    }

    /** The paths of all files. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        directories.forEach((directory, entries) -> entries.values().stream()
                .filter(entry -> entry.kind() == Kind.REGULAR)
                .forEach(entry -> paths.add(directory.isEmpty() ? entry.name() : directory + "/" + entry.name())));
        return paths;
    }
}
