package dev.bastion.apply.source;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.CanonicalShape;
import dev.bastion.layout.InputValues;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.UnitReferences;
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
    private static final String FILE = "/terragrunt.hcl";
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

    private CanonicalShape shape(String directory) {
        return new CanonicalShape(rootOf(directory), layout.modules(), InputValues.COMPUTED);
    }

    /** The directory of {@code root.hcl} in the checked-out commit: that of the environments, else the nearest above it. */
    private String rootOf(String directory) {
        return layout.rootOf(directory + FILE, trusted::has);
    }

    private String rootFile(String directory) {
        String root = rootOf(directory);
        return root.isEmpty() ? ROOT : root + "/" + ROOT;
    }

    /** Every reason why the environment in this directory is not opened from this commit. */
    public List<ShapeProblem> problems(GitTree tree, String directory) {
        List<ShapeProblem> problems = new ArrayList<>();
        if (!layout.isNamed(directory + FILE)) {
            problems.add(new ShapeProblem(
                    directory + FILE,
                    0,
                    "no pattern names it: environments are "
                            + layout.environments().stream()
                                    .map(PathPattern::text)
                                    .collect(Collectors.joining(", ")),
                    "Rename it, so that the service knows it"));
        }
        problems.addAll(shape(directory).problems(tree, directory));
        problems.addAll(nameProblems(tree, directory));
        tree.read(directory + FILE, MOST_BYTES)
                .flatMap(content -> NameProblems.inputProblem(directory + FILE, content, layout))
                .ifPresent(problems::add);
        return problems;
    }

    private List<ShapeProblem> nameProblems(GitTree tree, String directory) {
        try {
            List<EnvironmentName> all = tree.filesBelow(layout.directory()).stream()
                    .flatMap(path -> layout.environmentAt(path).stream())
                    .toList();
            return NameProblems.of(directory + FILE, layout, all, tree::has);
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
            Path copy = export(List.of(trusted), scratch, directory, tree, UnaryOperator.identity());
            return new SelectedSource(copy, problems, proposed, false, false);
        }
        GitTree canonical = lastCanonical(directory)
                .orElseThrow(() -> new InvalidConfiguration(sentences(problems)
                        + " No commit had this environment in canonical shape, so nothing can be closed from one"));
        Path copy = export(List.of(trusted, canonical), scratch, directory, canonical, ClosedFile::of);
        boolean asksToOpen = tree.read(directory + FILE, MOST_BYTES)
                .map(content -> ClosedFile.asksToOpen(content, now))
                .orElse(false);
        return new SelectedSource(copy, problems, canonical.commit(), asksToOpen, !tree.has(directory + FILE));
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

    private Path export(List<GitTree> trees, Path scratch, String directory, GitTree tree, UnaryOperator<byte[]> edit) {
        try {
            return new SourceExport(rootOf(directory), trees, scratch).write(directory, tree, edit);
        } catch (HclException e) {
            throw new InvalidConfiguration(e.problem(), e);
        }
    }

    private Optional<GitTree> lastCanonical(String directory) {
        List<String> relevant = List.of(directory, rootFile(directory));
        return repository.changesOf(trusted.commit(), MOST_COMMITS, relevant).stream()
                .map(repository::tree)
                .filter(tree -> shape(directory).problems(tree, directory).isEmpty())
                .findFirst();
    }

    /** Whether there is something to apply: the environment's file, or a commit from which it can be closed. */
    public boolean isAppliable(String directory) {
        return trusted.has(directory + FILE) || lastCanonical(directory).isPresent();
    }

    /** Whether an environment's file asks for a bastion now; a file that cannot be read may do so. */
    public boolean asksToOpen(GitTree tree, String directory, Instant now) {
        try {
            return tree.read(directory + FILE, MOST_BYTES)
                    .map(content -> ClosedFile.asksToOpen(content, now))
                    .orElse(false);
        } catch (HclException _) {
            return true;
        }
    }

    /** What a run reads of the work tree when no other revision is asked for. */
    public List<String> uncommitted(String directory) {
        List<String> read = new ArrayList<>(List.of(directory, rootFile(directory)));
        trusted.read(directory + FILE, MOST_BYTES).ifPresent(content -> {
            try {
                UnitReferences references = UnitReferences.of(directory, HclFile.parse(directory + FILE, content));
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
                .filter(file -> !file.contains("/.terragrunt-cache/") && !file.contains("/.terraform/"))
                .toList();
    }
}
