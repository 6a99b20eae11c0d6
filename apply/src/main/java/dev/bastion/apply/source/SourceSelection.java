package dev.bastion.apply.source;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.UnitReferences;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.FileShape;
import dev.bastion.layout.shape.EnvironmentShape;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The choice of what a run applies: the environment as a commit has it in canonical shape, or, when that is not so, the
 * last commit that had it, closed. An environment that is off-shape or gone is never opened, and can always be closed.
 */
public final class SourceSelection {
    private static final String ROOT = "root.hcl";
    private static final int MOST_COMMITS = 1_000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final GitRepository repository;
    private final GitTree trusted;
    private final Layout layout;

    /** @param head the commit of the checked-out branch, which {@code root.hcl} and modules come from */
    public SourceSelection(GitRepository repository, String head, Layout layout) {
        this.repository = repository;
        this.trusted = repository.tree(head);
        this.layout = layout;
    }

    private List<ShapeProblem> shapeProblems(GitTree tree, String directory) {
        return new EnvironmentShape(layout, trusted::has).problems(tree, fileIn(directory, tree));
    }

    /** The environment's file in a directory: as a commit has it, else as the checked-out one has it. */
    private String fileIn(String directory, GitTree tree) {
        String file = layout.fileIn(directory, tree::has);
        return tree.has(file) ? file : layout.fileIn(directory, trusted::has);
    }

    private AuditPaths pathsOf(String file) {
        return layout.auditPathsAt(file).getFirst();
    }

    private static FileShape shapeOf(String file) {
        return FileShape.of(file).orElse(FileShape.UNIT);
    }

    /** The directory of {@code root.hcl} in the checked-out commit: that of the environments, else the nearest above it. */
    private String rootOf(String directory) {
        return layout.rootOf(fileIn(directory, trusted), trusted::has);
    }

    private String rootFile(String directory) {
        String root = rootOf(directory);
        return root.isEmpty() ? ROOT : root + "/" + ROOT;
    }

    /** Every reason why the environment in this directory is not opened from this commit. */
    public List<ShapeProblem> problems(GitTree tree, String directory) {
        List<ShapeProblem> problems = new ArrayList<>();
        String file = fileIn(directory, tree);
        if (!layout.isNamed(file)) {
            problems.add(new ShapeProblem(
                    file,
                    0,
                    "no pattern names it: environments are "
                            + layout.environments().stream()
                                    .map(PathPattern::text)
                                    .collect(Collectors.joining(", ")),
                    "Rename it, so that the service knows it"));
        }
        problems.addAll(shapeProblems(tree, directory));
        problems.addAll(nameProblems(tree, file));
        tree.read(file, MOST_BYTES)
                .flatMap(content -> NameProblems.inputProblem(file, content, layout))
                .ifPresent(problems::add);
        return problems;
    }

    private List<ShapeProblem> nameProblems(GitTree tree, String file) {
        try {
            List<EnvironmentName> all = tree.filesBelow(layout.directory()).stream()
                    .flatMap(path -> layout.environmentAt(path).stream())
                    .toList();
            return NameProblems.of(file, layout, all, tree::has);
        } catch (StepFailed unlistable) {
            // a directory made to explode must not keep an environment from being closed
            return List.of(new ShapeProblem(
                    layout.directory(),
                    0,
                    "its files cannot be listed (" + unlistable.getMessage() + ")",
                    "Remove what is no environment"));
        }
    }

    /**
     * Chooses, and copies the files.
     *
     * @param directory the environment's directory in the repository
     * @param proposed the commit of the environment's own files
     * @param scratch a directory for the copy
     * @throws InvalidConfiguration when the environment is off-shape, and no commit had it in canonical shape
     */
    public SelectedSource select(String directory, String proposed, Path scratch, Instant now) {
        GitTree tree = trusted.commit().equals(proposed) ? trusted : repository.tree(proposed);
        List<ShapeProblem> problems = problems(tree, directory);
        if (problems.isEmpty()) {
            Path copy = export(
                    List.of(trusted),
                    scratch,
                    fileIn(directory, tree),
                    tree,
                    codeFor(tree, directory),
                    UnaryOperator.identity());
            return new SelectedSource(copy, fileIn(directory, tree), problems, proposed, false, false);
        }
        GitTree canonical = lastCanonical(directory)
                .orElseThrow(() -> new InvalidConfiguration(sentences(problems)
                        + " No commit had this environment in canonical shape, so nothing can be closed from one"));
        String file = fileIn(directory, canonical);
        Path copy = export(
                List.of(trusted, canonical),
                scratch,
                file,
                canonical,
                canonical,
                content -> ClosedFile.of(content, pathsOf(file)));
        return new SelectedSource(
                copy,
                file,
                problems,
                canonical.commit(),
                readsAsOpen(tree, directory, now),
                !tree.has(fileIn(directory, tree)));
    }

    private boolean readsAsOpen(GitTree tree, String directory, Instant now) {
        String file = fileIn(directory, tree);
        return tree.read(file, MOST_BYTES)
                .map(content -> ClosedFile.asksToOpen(content, pathsOf(file), now))
                .orElse(false);
    }

    /**
     * The commit that a root module's code comes from: the checked-out one, whatever is proposed. Its code can read secrets with
     * CI's credentials and print them, so it is reviewed before it is run, like {@code root.hcl}.
     */
    private GitTree codeFor(GitTree tree, String directory) {
        String file = fileIn(directory, tree);
        if (shapeOf(file) != FileShape.ROOT_MODULE || trusted.commit().equals(tree.commit())) {
            return tree;
        }
        if (!trusted.has(file)) {
            throw new InvalidConfiguration(
                    file + " is not on the branch yet. The code of a root module is not planned before an"
                            + " owner has approved it: merge it closed, and CI applies it");
        }
        List<ShapeProblem> problems = shapeProblems(trusted, directory);
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(
                    "not planned: the code of a root module is taken from the branch, where it is not in"
                            + " canonical shape. " + sentences(problems));
        }
        return trusted;
    }

    /**
     * Requires that the checked-out commit has the environment as the branch has it. A run that is started again may check
     * out the commit that it began with, and would open what has been closed since.
     *
     * @param branch of the remote {@code origin}; without it in the clone nothing is required
     * @throws InvalidConfiguration when the branch has a newer commit in which the environment differs
     */
    public void requireNewest(String directory, String branch) {
        String head = trusted.commit();
        repository
                .findCommit("refs/remotes/origin/" + branch)
                .filter(newest -> repository.mergeBase(head, newest).equals(Optional.of(head)))
                .filter(newest -> repository.changedPaths(head, newest).stream()
                        .anyMatch(path -> path.startsWith(directory + "/")))
                .ifPresent(newest -> {
                    throw new InvalidConfiguration("commit " + head.substring(0, 12) + " is not applied: " + branch
                            + " has a newer one, " + newest.substring(0, 12)
                            + ", in which this environment differs. Run CI on " + branch + " as it is now");
                });
    }

    /** The problems for people, at most five. */
    static String sentences(List<ShapeProblem> problems) {
        List<String> sentences = new ArrayList<>(
                problems.stream().limit(5).map(ShapeProblem::sentence).toList());
        if (problems.size() > 5) {
            sentences.add("There are " + (problems.size() - 5) + " more.");
        }
        return String.join(" ", sentences);
    }

    private Path export(
            List<GitTree> trees, Path scratch, String file, GitTree tree, GitTree code, UnaryOperator<byte[]> edit) {
        try {
            SourceExport export = new SourceExport(layout.rootOf(file, trusted::has), trees, scratch);
            return switch (shapeOf(file)) {
                case UNIT -> export.write(directoryOf(file), tree, edit);
                case STACK -> export.writeStack(file, tree, pathsOf(file), edit);
                case ROOT_MODULE -> export.writeRootModule(file, tree, code, layout.modules(), edit);
            };
        } catch (HclException e) {
            throw new InvalidConfiguration(e.problem(), e);
        }
    }

    private static String directoryOf(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    private Optional<GitTree> lastCanonical(String directory) {
        List<String> relevant = List.of(directory, rootFile(directory));
        return repository.changesOf(trusted.commit(), MOST_COMMITS, relevant).stream()
                .map(repository::tree)
                .filter(tree -> shapeProblems(tree, directory).isEmpty())
                .findFirst();
    }

    /** Whether there is something to apply: the environment's file, or a commit from which it can be closed. */
    public boolean isAppliable(String directory) {
        return trusted.has(fileIn(directory, trusted))
                || lastCanonical(directory).isPresent();
    }

    /** Whether an environment's file asks for a bastion now; a file that cannot be read may do so. */
    public boolean asksToOpen(GitTree tree, String directory, Instant now) {
        try {
            return readsAsOpen(tree, directory, now);
        } catch (HclException _) {
            return true;
        }
    }

    /** What a run reads of the work tree when no other revision is asked for. */
    public List<String> uncommitted(String directory) {
        List<String> read = new ArrayList<>(List.of(directory, rootFile(directory)));
        String file = fileIn(directory, trusted);
        boolean isUnit = shapeOf(file) == FileShape.UNIT;
        if (!isUnit) {
            layout.modules()
                    .forEach(module -> module.pathInRepository().ifPresent(path -> read.add(path.replace("//", "/"))));
        }
        trusted.read(file, MOST_BYTES).filter(_ -> isUnit).ifPresent(content -> {
            try {
                UnitReferences references = UnitReferences.of(directory, HclFile.parse(file, content));
                references.module().ifPresent(module -> read.add(module.replace("//", "/")));
                read.addAll(references.dependencies());
            } catch (HclException _) {
                // off-shape: the selection says so
            }
        });
        return repository
                .uncommitted(
                        read.stream().filter(path -> !path.startsWith("..")).toList())
                .stream()
                .filter(path -> !path.contains("/.terragrunt-cache/") && !path.contains("/.terraform/"))
                .toList();
    }
}
