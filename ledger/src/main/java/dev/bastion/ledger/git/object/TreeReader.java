package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The reader of git trees. It caches the last directory it looked up, and the trees it read last: a walk asks for each twice,
 * and commits that close an environment have a tree that was there before.
 */
final class TreeReader {
    /** More than any ledger has; a tree of few objects can have billions. */
    private static final int MOST_ENTRIES = 300_000;

    /** The most entries of all comparisons of one reader together, beyond {@link #FEW_ENTRIES} of each. */
    private static final int MOST_ENTRIES_IN_ALL = 1_000_000;

    /** The most entries of one comparison, whatever the ones before it had. */
    private static final int FEW_ENTRIES = 1_000;

    private static final int MOST_DEPTH = 64;

    private static final int BASE = 0;
    private static final int OURS = 1;
    private static final int THEIRS = 2;
    private static final int RESULT = 3;

    private static final int MOST_CACHED = 2048;
    private static final int MOST_CACHED_BYTES = 4 * 1024 * 1024;
    private static final int MOST_BYTES_OF_ONE = 128 * 1024;

    private final ObjectReader objects;
    private final LinkedHashMap<ObjectId, DraftTree> recent = new LinkedHashMap<>(16, 0.75f, true);
    private long recentBytes;
    private int left = MOST_ENTRIES_IN_ALL;
    private boolean isTruncated;
    private @Nullable ObjectId lastRoot;
    private String lastPath = "";
    private @Nullable ObjectId lastDirectory;

    TreeReader(ObjectReader objects) {
        this.objects = objects;
    }

    /** A directory's tree in a root tree, which is the tree itself for the empty path; null when there is none. */
    @Nullable ObjectId directory(ObjectId root, String path) throws IOException {
        if (!root.equals(lastRoot) || !path.equals(lastPath)) {
            lastDirectory = tree(root, path);
            lastRoot = root;
            lastPath = path;
        }
        return lastDirectory;
    }

    /** The regular file at a path in a root tree; null when there is none. */
    @Nullable ObjectId entry(ObjectId root, String path) throws IOException {
        int slash = path.lastIndexOf('/');
        ObjectId parent = slash < 0 ? root : tree(root, path.substring(0, slash));
        return parent == null ? null : read(parent).findFile(path.substring(slash + 1));
    }

    /** Whether a path, or one of the directories above it, has something that is neither a file nor a directory there. */
    boolean isIrregular(ObjectId root, String path) throws IOException {
        ObjectId at = root;
        String[] names = path.split("/", -1);
        for (int step = 0; step < names.length; step++) {
            DraftTree tree = read(at);
            ObjectId next = step < names.length - 1 ? tree.findTree(names[step]) : tree.findFile(names[step]);
            if (next == null) {
                return tree.has(names[step]);
            }
            at = next;
        }
        return false;
    }

    private @Nullable ObjectId tree(ObjectId root, String path) throws IOException {
        if (path.isEmpty()) {
            return root;
        }
        ObjectId at = root;
        for (String name : path.split("/", -1)) {
            at = read(at).findTree(name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** The first entries of a directory in a root tree; none when there is no such directory. */
    List<TreeEntry> list(ObjectId root, String path, int limit) throws IOException {
        ObjectId directory = tree(root, path);
        if (directory == null) {
            return List.of();
        }
        List<TreeEntry> entries = new ArrayList<>();
        CanonicalTreeParser parser = new CanonicalTreeParser();
        for (parser.reset(objects.open(directory, Constants.OBJ_TREE).getCachedBytes());
                !parser.eof() && entries.size() < limit;
                parser.next(1)) {
            entries.add(new TreeEntry(
                    parser.getEntryPathString(),
                    Integer.toOctalString(parser.getEntryRawMode()),
                    parser.getEntryObjectId().name()));
        }
        return entries;
    }

    private DraftTree read(ObjectId tree) throws IOException {
        DraftTree known = recent.get(tree);
        if (known != null) {
            return known;
        }
        byte[] bytes = objects.open(tree, Constants.OBJ_TREE).getCachedBytes();
        DraftTree read = new DraftTree(bytes);
        if (bytes.length <= MOST_BYTES_OF_ONE) {
            recent.put(tree.copy(), read);
            recentBytes += bytes.length;
            while (recent.size() > MOST_CACHED || recentBytes > MOST_CACHED_BYTES) {
                recentBytes -= recent.pollFirstEntry().getValue().length();
            }
        }
        return read;
    }

    /**
     * The files that differ between two versions of a directory; either version may be missing. Of a tree that is made to
     * explode, it finds what {@link FairListing} does.
     */
    List<FileVersion> changes(@Nullable ObjectId before, @Nullable ObjectId now, String directory) throws IOException {
        int limit = Math.min(MOST_ENTRIES, FEW_ENTRIES + left);
        try {
            return changes(before, now, directory, Integer.MAX_VALUE, limit);
        } catch (BudgetExceeded _) {
            isTruncated = true;
            return fairChanges(before, now, directory, limit);
        }
    }

    /** Whether a tree had more than was read. */
    boolean isTruncated() {
        return isTruncated;
    }

    private List<FileVersion> fairChanges(
            @Nullable ObjectId before, @Nullable ObjectId now, String directory, int limit) throws IOException {
        Map<String, String> old = listing(before, limit);
        Map<String, String> current = listing(now, limit);
        List<FileVersion> changed = new ArrayList<>();
        String prefix = directory.isEmpty() ? "" : directory + "/";
        for (Map.Entry<String, String> file : current.entrySet()) {
            if (!file.getValue().equals(old.get(file.getKey()))) {
                changed.add(new FileVersion(prefix + file.getKey(), Optional.of(new BlobId(file.getValue()))));
            }
        }
        List<String> unlisted = old.keySet().stream()
                .filter(path -> !current.containsKey(path))
                .limit(FEW_ENTRIES)
                .toList();
        for (String path : unlisted) {
            ObjectId blob = now == null ? null : entry(now, path);
            if (blob == null || !blob.name().equals(old.get(path))) {
                changed.add(
                        new FileVersion(prefix + path, Optional.ofNullable(blob).map(each -> new BlobId(each.name()))));
            }
        }
        return changed;
    }

    private Map<String, String> listing(@Nullable ObjectId tree, int limit) throws IOException {
        charge(limit);
        return tree == null ? Map.of() : FairListing.of(objects, tree, limit, MOST_DEPTH);
    }

    private void charge(int entries) {
        left = Math.max(0, left - Math.max(0, entries - FEW_ENTRIES));
    }

    /** @throws BudgetExceeded when there are more than that, or the trees are too large or deep */
    List<FileVersion> changes(@Nullable ObjectId before, @Nullable ObjectId now, String directory, int most)
            throws IOException {
        return changes(before, now, directory, most, MOST_ENTRIES);
    }

    /** Enters each directory by itself: a walk that enters them all would not end in a tree of many directories without files. */
    private List<FileVersion> changes(
            @Nullable ObjectId before, @Nullable ObjectId now, String directory, int most, int limit)
            throws IOException {
        List<FileVersion> changed = new ArrayList<>();
        int entries = 0;
        try (TreeWalk walk = new TreeWalk(objects)) {
            add(walk, before);
            add(walk, now);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                entries++;
                if (entries > limit || walk.getDepth() > MOST_DEPTH) {
                    throw new BudgetExceeded("it changes more directories than are read");
                }
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                    continue;
                }
                if (changed.size() == most) {
                    throw new BudgetExceeded("it changes more than " + most + " files");
                }
                String path = directory.isEmpty() ? walk.getPathString() : directory + "/" + walk.getPathString();
                boolean there = DraftTree.isFile(walk.getRawMode(1));
                String blob = walk.getObjectId(1).name();
                changed.add(new FileVersion(path, there ? Optional.of(new BlobId(blob)) : Optional.empty()));
            }
        } finally {
            charge(entries);
        }
        return changed;
    }

    /**
     * The files that both sides of a merge changed, each in its way. In every other file, the result has what one side changed.
     *
     * @param sides the base, ours, theirs and the result
     * @return empty when another file of the result has something else, or not both sides have a file there
     * @throws BudgetExceeded when there are more than that, or the trees are too large or deep
     */
    Optional<List<String>> changedOnBothSides(List<ObjectId> sides, int most) throws IOException {
        List<String> paths = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(objects)) {
            for (ObjectId side : sides) {
                add(walk, side);
            }
            walk.setFilter(TreeFilter.ANY_DIFF);
            int entries = 0;
            while (walk.next()) {
                entries++;
                if (entries > MOST_ENTRIES || walk.getDepth() > MOST_DEPTH || paths.size() == most) {
                    throw new BudgetExceeded("it merges more changes than are read");
                }
                if (isMerged(walk)) {
                    continue;
                }
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                } else if (isFileThatBothSidesChanged(walk)) {
                    paths.add(walk.getPathString());
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(paths);
    }

    private static boolean isMerged(TreeWalk walk) {
        if (isSame(walk, BASE, THEIRS)) {
            return isSame(walk, OURS, RESULT);
        }
        return (isSame(walk, BASE, OURS) || isSame(walk, OURS, THEIRS)) && isSame(walk, THEIRS, RESULT);
    }

    private static boolean isSame(TreeWalk walk, int one, int other) {
        return walk.getRawMode(one) == walk.getRawMode(other) && walk.idEqual(one, other);
    }

    private static boolean isFileThatBothSidesChanged(TreeWalk walk) {
        return DraftTree.isFile(walk.getRawMode(RESULT))
                && IntStream.of(BASE, OURS, THEIRS).allMatch(side -> walk.getRawMode(side) == walk.getRawMode(RESULT))
                && !isSame(walk, BASE, OURS)
                && !isSame(walk, BASE, THEIRS)
                && !isSame(walk, OURS, THEIRS);
    }

    private void add(TreeWalk walk, @Nullable ObjectId tree) throws IOException {
        if (tree == null) {
            walk.addTree(new EmptyTreeIterator());
        } else {
            walk.addTree(new CanonicalTreeParser(null, objects, tree));
        }
    }
}
