package dev.bastion.layout;

import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.RepositoryTree.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that the code around environments names: {@code root.hcl}, includes, dependencies, and what these name in turn.
 * It over-approximates: each text of such a file counts as a possible path, whichever function reads it. Where the code
 * computes the path of a file, or is more than is read here, every code and data file of the repository may be meant.
 */
public final class ReferencedFiles {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_FILES = 500;
    private static final int MOST_REFERENCES = 20_000;
    private static final int MOST_DEPTH = 12;

    private final RepositoryTree tree;
    private final Layout layout;
    private final Set<PathReference> references = new LinkedHashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int entries;
    private boolean isAnyMeant;

    private ReferencedFiles(RepositoryTree tree, Layout layout) {
        this.tree = tree;
        this.layout = layout;
    }

    /** What the code of one commit names. */
    public static ReferencedFiles in(RepositoryTree tree, Layout layout) {
        ReferencedFiles files = new ReferencedFiles(tree, layout);
        Set<String> directories =
                layout.environments().stream().map(PathPattern::directory).collect(Collectors.toSet());
        directories.forEach(directory -> {
            for (String above = directory; !above.isEmpty(); above = Layout.parent(above)) {
                files.collect(Layout.parent(above), 0, 0);
            }
            files.collect(directory, 0, MOST_DEPTH);
        });
        while (!files.waiting.isEmpty()) {
            files.read(files.waiting.removeFirst());
        }
        return files;
    }

    /** Whether the code may read the file, or what lies at the path. */
    public boolean mayRead(String path) {
        String folded = PathPattern.folded(path);
        return (isAnyMeant && Lookalikes.isCodeOrData(folded))
                || references.stream().anyMatch(reference -> reference.mayMean(folded));
    }

    private void collect(String directory, int depth, int most) {
        for (Entry entry : tree.list(directory, MOST_ENTRIES + 1)) {
            String path = CanonicalShape.child(directory, entry.name());
            if (++entries > MOST_ENTRIES) {
                isAnyMeant = true;
                return;
            }
            if (entry.kind() == Kind.DIRECTORY && depth < most) {
                collect(path, depth + 1, most);
            } else if (entry.kind() == Kind.DIRECTORY && most > 0) {
                isAnyMeant = true;
            } else if (entry.kind() != Kind.DIRECTORY && isRead(path)) {
                add(path);
            }
        }
    }

    /** An environment's own file in canonical shape reads nothing, and in another shape it is not opened. */
    private boolean isRead(String path) {
        return Lookalikes.isCode(PathPattern.folded(path)) && !layout.isNamed(path);
    }

    private void add(String path) {
        if (known.add(path)) {
            if (known.size() > MOST_FILES) {
                isAnyMeant = true;
            } else {
                waiting.addLast(path);
            }
        }
    }

    private void read(String path) {
        Optional<byte[]> content = tree.read(path, MOST_BYTES);
        if (content.isEmpty()) {
            isAnyMeant = true;
            return;
        }
        String text = new String(content.get(), StandardCharsets.UTF_8);
        if (PathReference.isTooDeep(text)) {
            isAnyMeant = true;
            return;
        }
        isAnyMeant |= PathReference.isComputed(text);
        Set<PathReference> named = PathReference.in(text);
        references.addAll(named);
        if (references.size() > MOST_REFERENCES) {
            isAnyMeant = true;
            return;
        }
        named.forEach(reference -> follow(path, reference));
    }

    /** The code at a referenced path, from the file's own directory, those above it and the repository's root. */
    private void follow(String path, PathReference reference) {
        String tail = reference.tail();
        if (tail.isEmpty()) {
            return;
        }
        for (String directory = Layout.parent(path); ; directory = Layout.parent(directory)) {
            String found = RepositoryPath.resolve(directory, tail);
            if (isRead(found) && tree.read(found, MOST_BYTES).isPresent()) {
                add(found);
            } else if (reference.mayBeDirectory()) {
                collect(found, 0, 0);
            }
            if (directory.isEmpty()) {
                return;
            }
        }
    }
}
