package dev.bastion.apply;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.source.GitTree;
import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.source.SourceSelection;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Tools;
import dev.bastion.layout.Layout;
import dev.bastion.layout.Lookalikes;
import dev.bastion.layout.ShapeProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environments that a push or a pull request changes, those whose file was removed or renamed included: they are to be
 * closed. A push may carry several commits, so the difference between the old and the new head counts.
 */
public final class ChangedEnvironments {
    private static final Pattern RANGE = Pattern.compile("(?<old>[^.].*?)(?<dots>\\.{2,3})(?<new>[^.].*)");
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_FILES = 500;

    private final GitRepository repository;
    private final LayoutSource source;

    /**
     * @param directory a directory of the clone
     * @param environment the variables of this process
     */
    public ChangedEnvironments(Path directory, Map<String, String> environment, LayoutSource source) {
        this(
                GitRepository.around(
                        directory,
                        new CommandRunner(new ShutdownRequest()),
                        Tools.find(environment).forGit(ChildEnvironment.of(environment))),
                source);
    }

    private ChangedEnvironments(GitRepository repository, LayoutSource source) {
        this.repository = repository;
        this.source = source;
    }

    /**
     * The answer.
     *
     * @param all in the order of their directories; one environment has several while its pattern changes
     * @param notes a sentence for each environment that would not be opened, and for each file that looks like a bastion
     * and is none
     */
    public record Changes(List<Changed> all, List<String> notes) {
        public Changes {
            all = List.copyOf(all);
            notes = List.copyOf(notes);
        }

        /** The environments by name. */
        public List<EnvironmentName> environments() {
            return all.stream().map(Changed::environment).distinct().sorted().toList();
        }
    }

    /** @param directory the directory in which {@code bastion apply} runs, from the repository's root */
    public record Changed(EnvironmentName environment, String directory) {}

    /**
     * The changes in a range of commits.
     *
     * @param range {@code OLD..NEW}; {@code OLD...NEW} for what {@code NEW} changed since it left {@code OLD}; or
     * {@code NEW} for all its environments. With an unknown {@code OLD} (a new branch, a rewritten one) the difference is
     * unknown, so all count
     * @throws InvalidConfiguration when {@code NEW} is no commit
     */
    public Changes in(String range) {
        repository.completeHistory();
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches()) {
            return all(repository.tree(repository.commit(range)));
        }
        String after = repository.commit(parts.group("new"));
        Optional<String> old = repository.findCommit(parts.group("old"));
        Optional<String> before =
                parts.group("dots").length() == 2 ? old : old.flatMap(commit -> repository.mergeBase(commit, after));
        GitTree tree = repository.tree(after);
        return before.map(commit -> between(commit, tree)).orElseGet(() -> all(tree));
    }

    /** The environments that a run at this commit must apply, by a range's old end and the reports of earlier runs. */
    public DueEnvironments due(Optional<ApplyReports> reports) {
        return new DueEnvironments(repository, source, this, reports);
    }

    /** The clone's top directory. */
    public Path top() {
        return repository.top();
    }

    /** The id of the commit that a revision names. */
    public String commit(String revision) {
        return repository.commit(revision);
    }

    /** The commit that is applied: the head of the branch as {@code origin} has it now, else the commit that is named. */
    public String headOf(Optional<String> branch, String revision) {
        boolean hasRemote = repository.origin().isPresent();
        return branch.filter(_ -> hasRemote).map(repository::fetch).orElseGet(() -> repository.commit(revision));
    }

    /** Fetches a branch of {@code origin} and returns its head. */
    public String fetch(String branch) {
        return repository.fetch(branch);
    }

    /** What these paths, which a commit changed, are of: environments' directories, in the layout of a later commit. */
    SequencedSet<String> directoriesOf(String commit, Layout layout) {
        TreeSet<String> directories = new TreeSet<>();
        List<String> paths = repository.changedBy(commit);
        if (paths.contains(Layout.FILE)) {
            repository
                    .findCommit(commit + "^")
                    .ifPresent(parent -> directories.addAll(ofAnotherLayout(
                            repository.tree(parent), repository.tree(commit), source.of(repository, commit))));
        }
        for (String path : paths) {
            String file = layout.fileIn(directoryOf(path), repository.tree(commit)::has);
            if (layout.environmentAt(path).isPresent()) {
                directories.add(directoryOf(path));
            } else if (layout.environmentAt(file).isPresent()
                    && !path.endsWith(".md")
                    && !repository.changesOf(commit, 1, List.of(file)).isEmpty()) {
                directories.add(directoryOf(path));
            }
        }
        return directories;
    }

    /** The environments of these directories, and what is said about them. */
    Changes of(SequencedSet<String> directories, GitTree tree, Layout layout) {
        return changes(directories, List.of(), tree, layout);
    }

    private Changes all(GitTree tree) {
        Layout layout = source.of(repository, tree.commit());
        return changes(environmentsOf(tree, layout), List.of(), tree, layout);
    }

    private static SequencedSet<String> environmentsOf(GitTree tree, Layout layout) {
        return tree.filesBelow("").stream()
                .filter(path -> layout.environmentAt(path).isPresent())
                .map(ChangedEnvironments::directoryOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Every environment before and after a change of the layout: another pattern or module decides which of them are opened,
     * and closes the others.
     */
    private SequencedSet<String> ofAnotherLayout(GitTree old, GitTree tree, Layout layout) {
        TreeSet<String> directories = new TreeSet<>();
        if (!isSame(source.of(repository, old.commit()), layout)) {
            directories.addAll(environmentsOf(old, layout));
            directories.addAll(environmentsOf(tree, layout));
        }
        return directories;
    }

    private static boolean isSame(Layout before, Layout now) {
        return before.environments().equals(now.environments())
                && before.modules().equals(now.modules());
    }

    private Changes between(String before, GitTree tree) {
        Layout layout = source.of(repository, tree.commit());
        GitTree old = repository.tree(before);
        SequencedSet<String> directories = ofAnotherLayout(old, tree, layout);
        List<String> others = new ArrayList<>();
        for (String path : repository.changedPaths(before, tree.commit())) {
            String directory = directoryOf(path);
            String file = layout.fileIn(directory, each -> tree.has(each) || old.has(each));
            boolean isOfAnEnvironment = layout.environmentAt(path).isPresent()
                    || (layout.environmentAt(file).isPresent()
                            && !path.endsWith(".md")
                            && (old.has(file) || tree.has(file)));
            if (isOfAnEnvironment) {
                directories.add(directory);
            } else {
                others.add(path);
            }
        }
        return changes(directories, others, tree, layout);
    }

    private Changes changes(SequencedSet<String> directories, List<String> others, GitTree tree, Layout layout) {
        SourceSelection selection = new SourceSelection(repository, tree.commit(), layout);
        Lookalikes lookalikes = new Lookalikes(layout);
        List<String> notes = new ArrayList<>();
        for (String directory : directories) {
            if (tree.has(layout.fileIn(directory, tree::has))) {
                selection.problems(tree, directory).stream()
                        .map(ShapeProblem::sentence)
                        .forEach(notes::add);
            }
        }
        others.stream()
                .filter(path -> tree.has(path) && lookalikes.isCandidate(path))
                .flatMap(path -> lookalikes.reason(path, tree.read(path, MOST_BYTES)).stream()
                        .map(reason -> new ShapeProblem(
                                        path, 0, "it looks like a bastion, because " + reason, "Rename or remove it")
                                .sentence()))
                .forEach(notes::add);
        List<Changed> all = directories.stream()
                .flatMap(directory -> layout.environmentAt(layout.fileIn(directory, tree::has)).stream()
                        .map(environment -> new Changed(environment, directory)))
                .toList();
        return new Changes(all, notes.stream().limit(MOST_FILES).toList());
    }

    /** The directory of an environment in the clone, as the checked-out commit lays it out. */
    public String directoryOf(EnvironmentName typed) {
        GitTree tree = repository.tree(repository.commit("HEAD"));
        Layout layout = source.of(repository, tree.commit());
        return directoryOf(layout.fileOf(named(typed, tree, layout), tree::has));
    }

    /** The account and region of an environment, as the checked-out commit lays it out, for a run that only reads. */
    public RunTarget targetOf(EnvironmentName typed) {
        GitTree tree = repository.tree(repository.commit("HEAD"));
        Layout layout = source.of(repository, tree.commit());
        EnvironmentName environment = named(typed, tree, layout);
        return RunTarget.of(true, environment.value(), layout.fileOf(environment, tree::has), layout);
    }

    /** The environment of a commit that a person means, by its name or an alias. */
    public EnvironmentName named(EnvironmentName typed, String revision) {
        GitTree tree = repository.tree(repository.commit(revision));
        return named(typed, tree, source.of(repository, tree.commit()));
    }

    private static EnvironmentName named(EnvironmentName typed, GitTree tree, Layout layout) {
        return layout.filesOf(typed).stream().anyMatch(tree::has)
                ? typed
                : layout.aliases()
                        .named(
                                typed,
                                tree.filesBelow(layout.directory()).stream()
                                        .flatMap(path -> layout.environmentAt(path).stream())
                                        .toList());
    }

    private static String directoryOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
