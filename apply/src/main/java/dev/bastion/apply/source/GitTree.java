package dev.bastion.apply.source;

import dev.bastion.apply.run.StepFailed;
import dev.bastion.layout.RepositoryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The files of one commit of a clone. */
public final class GitTree implements RepositoryTree {
    private final GitRepository repository;
    private final String commit;
    private final Map<String, List<Entry>> listed = new HashMap<>();

    GitTree(GitRepository repository, String commit) {
        this.repository = repository;
        this.commit = commit;
    }

    /** The commit's id. */
    public String commit() {
        return commit;
    }

    @Override
    public List<Entry> list(String directory, int limit) {
        return listed.computeIfAbsent(directory, this::read).stream()
                .limit(limit)
                .toList();
    }

    private List<Entry> read(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return entries(prefix, "-l").entrySet().stream()
                .map(entry -> new Entry(
                        entry.getKey().substring(prefix.length()),
                        entry.getValue().kind(),
                        entry.getValue().objectId(),
                        entry.getValue().size()))
                .toList();
    }

    @Override
    public Optional<byte[]> read(String path, int limit) {
        int slash = path.lastIndexOf('/');
        String directory = slash < 0 ? "" : path.substring(0, slash);
        String name = path.substring(slash + 1);
        return list(directory, Integer.MAX_VALUE).stream()
                .filter(entry -> entry.name().equals(name) && isFile(entry) && entry.size() <= limit)
                .findFirst()
                .map(entry -> repository.output("cat-file", "blob", entry.objectId()));
    }

    /** Whether there is a file, a link or a submodule at this path. */
    public boolean has(String path) {
        int slash = path.lastIndexOf('/');
        return list(slash < 0 ? "" : path.substring(0, slash), Integer.MAX_VALUE).stream()
                .anyMatch(entry -> entry.name().equals(path.substring(slash + 1)) && entry.kind() != Kind.DIRECTORY);
    }

    /** The paths of everything below a directory that is no directory. */
    public List<String> filesBelow(String directory) {
        return List.copyOf(below(directory).keySet());
    }

    /**
     * Every entry below a directory that is no directory, by its path from the repository's root. Sizes are 0: a clone
     * without blobs would fetch each file to learn its size.
     */
    Map<String, Entry> below(String directory) {
        return entries(directory.isEmpty() ? "" : directory + "/", "-r");
    }

    static boolean isFile(Entry entry) {
        return entry.kind() == Kind.REGULAR || entry.kind() == Kind.EXECUTABLE;
    }

    private Map<String, Entry> entries(String prefix, String... options) {
        List<String> arguments = new ArrayList<>(List.of("ls-tree", "-z", "--full-tree"));
        arguments.addAll(Arrays.asList(options));
        arguments.add(commit);
        if (!prefix.isEmpty()) {
            arguments.addAll(List.of("--", prefix));
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        String output = new String(repository.output(arguments.toArray(String[]::new)), StandardCharsets.UTF_8);
        Arrays.stream(output.split("\0"))
                .filter(line -> line.indexOf('\t') > 0)
                .filter(line -> line.startsWith(prefix, line.indexOf('\t') + 1))
                .forEach(line -> entries.put(line.substring(line.indexOf('\t') + 1), entry(line)));
        return entries;
    }

    /** One line of {@code git ls-tree}: mode, type, object id, with {@code -l} the size, a tab, the path. */
    private static Entry entry(String line) {
        int tab = line.indexOf('\t');
        String[] fields = line.substring(0, tab).split(" +");
        Kind kind = switch (fields[0]) {
            case "040000" -> Kind.DIRECTORY;
            case "120000" -> Kind.SYMLINK;
            case "160000" -> Kind.SUBMODULE;
            case "100755" -> Kind.EXECUTABLE;
            default -> Kind.REGULAR;
        };
        boolean hasSize = fields.length > 3 && !fields[3].equals("-");
        return new Entry(line.substring(tab + 1), kind, fields[2], hasSize ? Long.parseLong(fields[3]) : 0);
    }

    /** Reads the content of files, with one process for all of them. */
    void read(Map<String, Entry> files, Path scratch, BiConsumer<String, byte[]> consumer) {
        try {
            Path ids = Files.writeString(
                    scratch.resolve("blobs"),
                    String.join(
                                    "\n",
                                    files.values().stream().map(Entry::objectId).toList()) + "\n");
            byte[] output = repository.output(Optional.of(ids), "cat-file", "--batch");
            int at = 0;
            for (String path : files.keySet()) {
                int end = indexOf(output, at);
                String[] header = new String(output, at, end - at, StandardCharsets.US_ASCII).split(" ");
                int size = Integer.parseInt(header[header.length - 1]);
                consumer.accept(path, Arrays.copyOfRange(output, end + 1, end + 1 + size));
                at = end + 1 + size + 1;
            }
            Files.delete(ids);
        } catch (IOException | NumberFormatException e) {
            throw new StepFailed("cannot read the files of commit " + commit + ": " + e.getMessage(), e);
        }
    }

    private static int indexOf(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return at;
    }
}
