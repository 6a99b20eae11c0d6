package dev.bastion.layout;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree in memory: files by their path. */
public final class FakeTree implements RepositoryTree {
    private record File(Kind kind, String text) {
        byte[] content() {
            return text.getBytes(UTF_8);
        }
    }

    private final SortedMap<String, File> files = new TreeMap<>();

    public FakeTree file(String path, String text) {
        return file(path, Kind.REGULAR, text);
    }

    public FakeTree file(String path, Kind kind, String text) {
        files.put(path, new File(kind, text));
        return this;
    }

    public FakeTree without(String path) {
        files.remove(path);
        return this;
    }

    @Override
    public List<Entry> list(String directory, int limit) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return files.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .flatMap(path -> entry(prefix, path))
                .distinct()
                .sorted(Comparator.comparing(Entry::name))
                .limit(limit)
                .toList();
    }

    private Stream<Entry> entry(String prefix, String path) {
        String rest = path.substring(prefix.length());
        int slash = rest.indexOf('/');
        if (slash >= 0) {
            return Stream.of(new Entry(rest.substring(0, slash), Kind.DIRECTORY, "", 0));
        }
        return Optional.ofNullable(files.get(path)).stream()
                .map(file -> new Entry(rest, file.kind(), "", file.content().length));
    }

    @Override
    public Optional<byte[]> read(String path, int limit) {
        return Optional.ofNullable(files.get(path))
                .filter(file -> file.kind() == Kind.REGULAR || file.kind() == Kind.EXECUTABLE)
                .map(File::content)
                .filter(content -> content.length <= limit);
    }
}
