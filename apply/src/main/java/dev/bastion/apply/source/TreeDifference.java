package dev.bastion.apply.source;

import dev.bastion.apply.run.StepFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The files that differ between two commits, one directory at a time and in bounds. A few objects can describe more files than
 * can be counted, and git collects all of them in memory before it answers.
 */
final class TreeDifference {
    private static final int MOST_DIRECTORIES = 2_000;
    private static final String DIRECTORY = "040000";

    private final GitRepository repository;

    TreeDifference(GitRepository repository) {
        this.repository = repository;
    }

    private record Pair(String directory, String before, String after) {}

    /**
     * The paths, both of a renamed file included.
     *
     * @throws StepFailed when more directories differ than a person can have changed
     */
    List<String> between(String before, String after) {
        List<String> paths = new ArrayList<>();
        Deque<Pair> directories = new ArrayDeque<>(List.of(new Pair("", before, after)));
        for (int read = 0; !directories.isEmpty(); read++) {
            if (read == MOST_DIRECTORIES) {
                throw new StepFailed(
                        "more than " + MOST_DIRECTORIES + " directories differ between " + before + " and " + after);
            }
            read(directories.poll(), paths, directories);
        }
        return paths.stream().sorted().distinct().toList();
    }

    /** Records of {@code git diff-tree}: a colon, both modes, both object ids and a letter; then the path. */
    private void read(Pair pair, List<String> paths, Deque<Pair> directories) {
        byte[] output = repository.output("diff-tree", "-z", "--no-renames", pair.before(), pair.after());
        String[] records = new String(output, StandardCharsets.UTF_8).split("\0");
        for (int at = 0; at + 1 < records.length; at += 2) {
            String[] fields = records[at].substring(1).split(" ");
            String path = pair.directory() + records[at + 1];
            boolean wasDirectory = fields[0].equals(DIRECTORY);
            boolean isDirectory = fields[1].equals(DIRECTORY);
            if (wasDirectory || isDirectory) {
                String before = wasDirectory ? fields[2] : GitRepository.EMPTY_TREE;
                String after = isDirectory ? fields[3] : GitRepository.EMPTY_TREE;
                directories.add(new Pair(path + "/", before, after));
            }
            if (isFile(fields[0]) || isFile(fields[1])) {
                paths.add(path);
            }
        }
    }

    private static boolean isFile(String mode) {
        return !mode.equals(DIRECTORY) && !mode.equals("000000");
    }
}
