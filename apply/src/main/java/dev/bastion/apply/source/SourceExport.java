package dev.bastion.apply.source;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.ModuleSource;
import dev.bastion.layout.RepositoryPath;
import dev.bastion.layout.RepositoryTree.Entry;
import dev.bastion.layout.RepositoryTree.Kind;
import dev.bastion.layout.UnitReferences;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.shape.RootModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The copy of what a run reads, written from git's blobs: the environment's file and lock file, {@code root.hcl}, the local
 * module, and the same of the units that it depends on. Nothing else of the repository is there, and no link.
 */
final class SourceExport {
    private static final String FILE = "terragrunt.hcl";
    private static final String LOCK_FILE = ".terraform.lock.hcl";
    private static final List<String> OF_A_UNIT = List.of(FILE, LOCK_FILE);
    private static final int MOST_BYTES = 8 * 1024 * 1024;
    private static final int MOST_FILES = 20_000;

    private final String root;
    private final List<GitTree> trusted;
    private final Path scratch;
    private final Path target;
    private final Set<String> written = new HashSet<>();

    /**
     * @param root the directory of {@code root.hcl}; empty for the repository's root
     * @param trusted the commits that {@code root.hcl} and modules come from: the first that has them
     * @param scratch an existing directory; the copy is {@code source} in it
     */
    SourceExport(String root, List<GitTree> trusted, Path scratch) {
        this.root = root;
        this.trusted = List.copyOf(trusted);
        this.scratch = scratch;
        this.target = scratch.resolve("source");
    }

    /**
     * Writes the copy and returns the environment's directory in it.
     *
     * @param tree the commit of the environment's own files
     * @param edit the change of the environment's file
     */
    Path write(String directory, GitTree tree, UnaryOperator<byte[]> edit) {
        markRoot();
        String rootFile = root.isEmpty() ? "root.hcl" : root + "/root.hcl";
        writeFile(rootFile, read(trusted, rootFile));
        writeUnit(directory, tree, edit);
        return target.resolve(directory);
    }

    /**
     * Writes the copy of a root module and returns its directory in it.
     *
     * @param file the file with the audit values
     * @param tree the commit of that file
     * @param code the commit of the other files that Terraform reads there
     * @param modules the configured modules
     * @param edit the change of the file with the audit values
     */
    Path writeRootModule(
            String file, GitTree tree, GitTree code, List<ModuleSource> modules, UnaryOperator<byte[]> edit) {
        markRoot();
        String directory = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        for (Entry entry : code.list(directory, MOST_FILES)) {
            String path = directory + "/" + entry.name();
            boolean isCopied = RootModule.isCode(entry.name())
                    || RootModule.isValues(entry.name())
                    || entry.name().equals(LOCK_FILE);
            if (isCopied && !path.equals(file)) {
                code.read(path, MOST_BYTES).ifPresent(content -> {
                    writeFile(path, content);
                    if (RootModule.isCode(entry.name())) {
                        localModule(path, content, modules).ifPresent(this::writeModule);
                    }
                });
            }
        }
        tree.read(file, MOST_BYTES).ifPresent(content -> writeFile(file, edit.apply(content)));
        return target.resolve(directory);
    }

    /**
     * Writes the copy of a stack, from which Terragrunt generates its unit, and returns its directory in it.
     *
     * @param tree the commit of the stack's file
     * @param paths where it has the audit values
     * @param edit the change of the stack's file
     */
    Path writeStack(String file, GitTree tree, AuditPaths paths, UnaryOperator<byte[]> edit) {
        markRoot();
        String rootFile = root.isEmpty() ? "root.hcl" : root + "/root.hcl";
        writeFile(rootFile, read(trusted, rootFile));
        byte[] content = tree.read(file, MOST_BYTES).orElse(new byte[0]);
        writeFile(file, edit.apply(content));
        String directory = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        HclPath block = paths.object().orElseThrow().head(2);
        Map<String, Value> unit = HclFile.parse(file, content).items(block);
        new ModuleSource(UnitReferences.addressOf(directory, unit.get("source")))
                .pathInRepository()
                .ifPresent(source -> writeUnitOfAStack(
                        source,
                        directory + "/.terragrunt-stack/"
                                + (unit.get("path") instanceof StringLiteral(String path) ? path : "")));
        return target.resolve(directory);
    }

    /** Writes a unit's source and its local module, which its file names from the place where Terragrunt puts it. */
    private void writeUnitOfAStack(String source, String generated) {
        writeModule(source);
        String file = RepositoryPath.resolve("", source) + "/" + FILE;
        UnitReferences references = UnitReferences.of(generated, HclFile.parse(file, read(trusted, file)));
        if (!references.dependencies().isEmpty()) {
            throw new InvalidConfiguration(
                    file + " depends on " + references.dependencies().getFirst()
                            + ", which a run of a stack does not have. Write what it needs of it into values");
        }
        references.module().ifPresent(this::writeModule);
    }

    private static Optional<String> localModule(String path, byte[] content, List<ModuleSource> modules) {
        String directory = path.substring(0, path.lastIndexOf('/'));
        Value source = RootModule.of(Map.of(path, content)).bastionInputs().get("source");
        return RootModule.localModule(directory, source, modules);
    }

    /** Makes the copy an empty repository, so that Terragrunt's {@code get_repo_root()} is its root. */
    private void markRoot() {
        writeFile(".git/HEAD", "ref: refs/heads/main\n".getBytes(StandardCharsets.UTF_8));
        writeFile(".git/objects/info/packs", new byte[0]);
        writeFile(".git/refs/heads/.keep", new byte[0]);
    }

    private void writeUnit(String directory, GitTree tree, UnaryOperator<byte[]> edit) {
        if (!written.add(directory)) {
            return;
        }
        for (String name : OF_A_UNIT) {
            String path = directory + "/" + name;
            tree.read(path, MOST_BYTES)
                    .ifPresent(content -> writeFile(path, name.equals(FILE) ? edit.apply(content) : content));
        }
        byte[] content = tree.read(directory + "/" + FILE, MOST_BYTES).orElse(new byte[0]);
        UnitReferences references = UnitReferences.of(directory, HclFile.parse(directory + "/" + FILE, content));
        references.module().ifPresent(this::writeModule);
        references.dependencies().forEach(unit -> writeUnit(unit, tree, UnaryOperator.identity()));
    }

    /** Writes what Terragrunt would copy: all that is left of {@code //}, else the directory around the module. */
    private void writeModule(String source) {
        int separator = source.indexOf("//");
        String module = RepositoryPath.resolve("", source);
        String all = RepositoryPath.resolve("", separator > 0 ? source.substring(0, separator) : source + "/..");
        if (!written.add("module " + all)) {
            return;
        }
        GitTree tree = trusted.stream()
                .filter(each -> !each.list(module, 1).isEmpty())
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration("the module " + module + " is not in commit "
                        + trusted.getFirst().commit()));
        Map<String, Entry> files = new LinkedHashMap<>();
        tree.below(all).forEach((path, entry) -> {
            boolean isOfTheModule = path.startsWith(module + "/");
            if (isOfTheModule && (entry.kind() == Kind.SYMLINK || entry.kind() == Kind.SUBMODULE)) {
                throw new InvalidConfiguration(
                        path + " is a link or a submodule. A module may have regular files only");
            }
            if (GitTree.isFile(entry) && (root.isEmpty() || !path.startsWith(root + "/"))) {
                files.put(path, entry);
            }
        });
        if (files.size() > MOST_FILES) {
            throw new InvalidConfiguration((all.isEmpty() ? "the repository" : all) + " has more than " + MOST_FILES
                    + " files. Write the module's source with // behind its own directory");
        }
        tree.read(files, scratch, this::writeFile);
    }

    private static byte[] read(List<GitTree> trees, String path) {
        return trees.stream()
                .flatMap(tree -> tree.read(path, MOST_BYTES).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration("there is no " + path + "; a run needs it"));
    }

    private void writeFile(String path, byte[] content) {
        Path file = target.resolve(path).normalize();
        if (!file.startsWith(target) || file.equals(target)) {
            throw new InvalidConfiguration("not a path in the repository: " + path);
        }
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, content);
        } catch (IOException e) {
            throw new StepFailed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
