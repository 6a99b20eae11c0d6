package dev.bastion.layout;

import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.RepositoryTree.Kind;
import dev.bastion.layout.file.AuditPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one form of an environment in the repository that is opened. An environment in another form is off-shape: a tool
 * could read another file, another state or other code than the reviewer saw (docs/adr/0015-canonical-shape.md).
 *
 * <ul>
 *   <li>The environment's directory has {@code terragrunt.hcl}, and beside it at most {@code .terraform.lock.hcl} and
 *       Markdown: regular files that are not executable.
 *   <li>The directories above it, up to the repository's root, have no symbolic link and no name that a file system
 *       could take for {@code root.hcl} or the next directory. {@code root.hcl} is in the root of the environments alone.
 *   <li>{@code terragrunt.hcl} has only what {@link UnitFile} allows.
 * </ul>
 */
public final class CanonicalShape {
    static final String FILE = "terragrunt.hcl";
    static final String ROOT_FILE = "root.hcl";
    private static final String LOCK_FILE = ".terraform.lock.hcl";
    private static final int MOST_ENTRIES = 20_000;
    private static final int MOST_FILES = 20;
    private static final int MOST_DEPENDENCIES = 10;

    private final String root;
    private final List<ModuleSource> modules;
    private final InputValues values;
    private final AuditPaths paths;

    /**
     * @param root the directory of {@code root.hcl}, like {@code environments}; empty for the repository's root
     * @param modules what {@code terraform { source }} may be
     */
    public CanonicalShape(String root, List<ModuleSource> modules, InputValues values) {
        this(root, modules, values, AuditPaths.OF_A_UNIT);
    }

    /** @param paths where the file has the five audit values */
    public CanonicalShape(String root, List<ModuleSource> modules, InputValues values, AuditPaths paths) {
        this.root = root;
        this.modules = List.copyOf(modules);
        this.values = values;
        this.paths = paths;
    }

    /**
     * Every deviation of the environment in this directory; empty when it is in canonical shape.
     *
     * @param directory like {@code environments/dev/bastion}
     */
    public List<ShapeProblem> problems(RepositoryTree tree, String directory) {
        List<ShapeProblem> problems = placeProblems(tree, directory, FILE);
        if (problems.isEmpty()) {
            units(tree, directory, problems);
        }
        return problems;
    }

    /**
     * The deviations of the directory and of those above it, whatever its file says.
     *
     * @param file the name of the environment's file
     */
    public List<ShapeProblem> placeProblems(RepositoryTree tree, String directory, String file) {
        List<ShapeProblem> problems = new ArrayList<>();
        if (!isBelowRoot(directory)) {
            problems.add(new ShapeProblem(directory, 0, "it is not below the directory of root.hcl", "Move it there"));
            return problems;
        }
        onTheWay(tree, directory, problems);
        ownFiles(tree, directory, file, problems);
        return problems;
    }

    /** Checks each directory from the repository's root down to the one above the environment's own. */
    private void onTheWay(RepositoryTree tree, String directory, List<ShapeProblem> problems) {
        String[] steps = directory.split("/");
        String at = "";
        for (String step : steps) {
            List<Entry> entries = tree.list(at, MOST_ENTRIES + 1);
            if (entries.size() > MOST_ENTRIES) {
                problems.add(new ShapeProblem(
                        at, 0, "it has more than " + MOST_ENTRIES + " entries", "Move what is no environment away"));
                return;
            }
            boolean below = at.equals(root) || isBelowRoot(at);
            for (Entry entry : entries) {
                onTheWay(at, entry, step, below).ifPresent(problems::add);
            }
            at = child(at, step);
        }
        boolean hasRoot = tree.list(root, MOST_ENTRIES).stream()
                .anyMatch(entry -> entry.name().equals(ROOT_FILE) && entry.kind() == Kind.REGULAR);
        if (!hasRoot) {
            problems.add(new ShapeProblem(
                    child(root, ROOT_FILE), 0, "it is no regular file", "Put the configuration of the state there"));
        }
    }

    private Optional<ShapeProblem> onTheWay(String directory, Entry entry, String next, boolean below) {
        String path = child(directory, entry.name());
        boolean isNext = entry.name().equals(next);
        if ((isNext && entry.kind() != Kind.DIRECTORY) || (below && !directory.isEmpty() && isLink(entry))) {
            return Optional.of(new ShapeProblem(
                    path,
                    0,
                    "it is " + SimilarNames.kind(entry.kind()) + " on the way to the environment",
                    "Remove it"));
        }
        if (!isNext && SimilarNames.same(entry.name(), next)) {
            return Optional.of(similar(path, next));
        }
        if (below && SimilarNames.same(entry.name(), ROOT_FILE)) {
            if (!entry.name().equals(ROOT_FILE)) {
                return Optional.of(similar(path, ROOT_FILE));
            }
            if (!directory.equals(root)) {
                return Optional.of(
                        new ShapeProblem(path, 0, "it would take the place of " + child(root, ROOT_FILE), "Remove it"));
            }
        }
        return Optional.empty();
    }

    private static ShapeProblem similar(String path, String name) {
        return new ShapeProblem(path, 0, "some file systems take its name for `" + name + "`", "Rename or remove it");
    }

    private boolean isBelowRoot(String directory) {
        return root.isEmpty() ? !directory.isEmpty() : directory.startsWith(root + "/");
    }

    private static boolean isLink(Entry entry) {
        return entry.kind() == Kind.SYMLINK || entry.kind() == Kind.SUBMODULE;
    }

    private static void ownFiles(RepositoryTree tree, String directory, String file, List<ShapeProblem> problems) {
        List<Entry> entries = tree.list(directory, MOST_FILES + 1);
        if (entries.size() > MOST_FILES) {
            problems.add(new ShapeProblem(
                    directory, 0, "it has more than " + MOST_FILES + " files", "Keep nothing but " + file + " there"));
        }
        for (Entry entry : entries) {
            String path = child(directory, entry.name());
            if (!entry.name().equals(file)
                    && !entry.name().equals(LOCK_FILE)
                    && !SimilarNames.isMarkdown(entry.name())) {
                problems.add(new ShapeProblem(
                        path, 0, "only " + file + ", " + LOCK_FILE + " and Markdown may be here", "Remove it"));
            } else if (entry.kind() == Kind.EXECUTABLE) {
                problems.add(new ShapeProblem(
                        path, 0, "it is executable", "Run `git update-index --chmod=-x` on it and commit"));
            } else if (entry.kind() != Kind.REGULAR) {
                problems.add(new ShapeProblem(
                        path, 0, "it is " + SimilarNames.kind(entry.kind()), "Replace it by a regular file"));
            }
        }
        if (entries.stream().noneMatch(entry -> entry.name().equals(file))) {
            problems.add(new ShapeProblem(child(directory, file), 0, "it does not exist", "Restore it"));
        }
    }

    /** Checks the environment's file, and the files of the units that it depends on. */
    private void units(RepositoryTree tree, String directory, List<ShapeProblem> problems) {
        UnitFile own = new UnitFile(directory, root, modules, values, Optional.of(paths));
        problems.addAll(own.problems(tree));
        List<String> known = new ArrayList<>(List.of(directory));
        List<String> waiting = new ArrayList<>(own.dependencies(tree));
        while (problems.isEmpty() && !waiting.isEmpty()) {
            String next = waiting.removeFirst();
            if (known.contains(next)) {
                continue;
            }
            known.add(next);
            if (known.size() > MOST_DEPENDENCIES || !isBelowRoot(next)) {
                problems.add(new ShapeProblem(
                        directory, 0, "it depends on " + next, "Depend on at most 9 units below " + root));
                return;
            }
            onTheWay(tree, next, problems);
            ownFiles(tree, next, FILE, problems);
            UnitFile unit = new UnitFile(next, root, modules, values, Optional.empty());
            problems.addAll(unit.problems(tree));
            waiting.addAll(unit.dependencies(tree));
        }
    }

    static String child(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
