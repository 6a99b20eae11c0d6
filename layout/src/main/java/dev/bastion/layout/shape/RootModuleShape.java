package dev.bastion.layout.shape;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.RepositoryTree.Kind;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.SimilarNames;
import dev.bastion.layout.file.AuditPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one form of a root module that is opened: it has the bastion's module and nothing else that Terraform could create or run,
 * since an apply of the bastion would apply that, too, or its drift would keep a bastion from being closed.
 *
 * <ul>
 *   <li>Of the files that Terraform or OpenTofu read by themselves, the directory has {@code .tf}, {@code terraform.tfvars} and
 *       {@code .auto.tfvars}: regular files that are not executable. It may have other files; a run does not copy them.
 *   <li>The code is what {@link RootModuleCode} allows.
 *   <li>The five values are in one of the files, as {@link RootModuleValues} allows.
 * </ul>
 */
final class RootModuleShape {
    private static final int MOST_FILES = 100;
    private static final int MOST_BYTES = 256 * 1024;
    private static final String LOCK_FILE = ".terraform.lock.hcl";
    private static final List<String> NOT_READ_HERE =
            List.of(".tf.json", ".tofu", ".tofu.json", ".auto.tfvars.json", "terraform.tfvars.json", "_override.tf");

    private final List<ModuleSource> modules;
    private final AuditPaths paths;
    private final Optional<String> resources;

    /** @param resources the name of the environment's resources; empty where no pattern gives one */
    RootModuleShape(List<ModuleSource> modules, AuditPaths paths, Optional<String> resources) {
        this.modules = List.copyOf(modules);
        this.paths = paths;
        this.resources = resources;
    }

    List<ShapeProblem> problems(RepositoryTree tree, String file) {
        String directory = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        List<Entry> entries = tree.list(directory, MOST_FILES + 1);
        List<ShapeProblem> problems = new ArrayList<>();
        if (entries.size() > MOST_FILES) {
            problems.add(new ShapeProblem(
                    directory,
                    0,
                    "it has more than " + MOST_FILES + " files",
                    "Move what is no part of the bastion away"));
            return problems;
        }
        List<Entry> read =
                entries.stream().filter(entry -> isRead(entry.name())).toList();
        if (read.stream().noneMatch(entry -> entry.name().equals(RootModule.nameOf(file)))) {
            problems.add(new ShapeProblem(file, 0, "it does not exist", "Restore it"));
        }
        for (Entry entry : read) {
            entry(directory, entry, read).ifPresent(problems::add);
        }
        return problems.isEmpty() ? content(tree, directory, file, read) : problems;
    }

    private static boolean isRead(String name) {
        return RootModule.isCode(name) || RootModule.isValues(name) || name.equals(LOCK_FILE) || isNotReadHere(name);
    }

    private static boolean isNotReadHere(String name) {
        return name.equals("override.tf") || NOT_READ_HERE.stream().anyMatch(name::endsWith);
    }

    private static Optional<ShapeProblem> entry(String directory, Entry entry, List<Entry> all) {
        String path = directory + "/" + entry.name();
        if (isNotReadHere(entry.name())) {
            return Optional.of(new ShapeProblem(
                    path,
                    0,
                    "Terraform or OpenTofu would read it beside or instead of what is judged here",
                    "Write what it says into .tf and .tfvars files"));
        }
        if (entry.kind() == Kind.EXECUTABLE) {
            return Optional.of(new ShapeProblem(
                    path, 0, "it is executable", "Run `git update-index --chmod=-x` on it and commit"));
        }
        if (entry.kind() != Kind.REGULAR) {
            return Optional.of(new ShapeProblem(
                    path, 0, "it is " + SimilarNames.kind(entry.kind()), "Replace it by a regular file"));
        }
        return all.stream()
                .map(Entry::name)
                .filter(other -> !other.equals(entry.name()) && SimilarNames.same(other, entry.name()))
                .findFirst()
                .map(other -> new ShapeProblem(
                        path, 0, "some file systems take its name for `" + other + "`", "Rename or remove it"));
    }

    private List<ShapeProblem> content(RepositoryTree tree, String directory, String file, List<Entry> read) {
        RootModuleCode code = new RootModuleCode(directory, modules, paths);
        RootModuleValues values = new RootModuleValues(file, paths);
        List<ShapeProblem> problems = new ArrayList<>();
        for (Entry entry : read) {
            String path = directory + "/" + entry.name();
            Optional<byte[]> content = tree.read(path, MOST_BYTES);
            if (content.isEmpty()) {
                problems.add(new ShapeProblem(path, 0, "it has more than " + MOST_BYTES / 1024 + " KiB", "Shorten it"));
            } else if (!entry.name().equals(LOCK_FILE)) {
                HclFile parsed = HclFile.parse(path, content.get());
                problems.addAll(
                        problemsOf(parsed, RootModule.isCode(entry.name()) ? code::problems : values::problems));
            }
        }
        if (!problems.isEmpty()) {
            return problems;
        }
        problems.addAll(code.problemsOfTheWhole());
        resources
                .flatMap(name -> RootModule.in(tree, directory).nameProblem(name))
                .ifPresent(problems::add);
        return problems;
    }

    private static List<ShapeProblem> problemsOf(HclFile file, Function<HclFile, List<ShapeProblem>> check) {
        try {
            return check.apply(file);
        } catch (HclException unreadable) {
            return List.of(ShapeProblem.of(file.name(), unreadable));
        }
    }
}
