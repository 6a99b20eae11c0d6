package dev.bastion.apply;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.source.GitTree;
import dev.bastion.apply.source.SourceSelection;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.layout.EnvironmentPaths;
import dev.bastion.layout.ShapeProblem;
import java.nio.charset.StandardCharsets;
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
    private static final String FILE = "/terragrunt.hcl";
    private static final Pattern CONFIGURATION = Pattern.compile(".*\\.(hcl|tf|tofu|tfvars|json)", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_A_BASTIONS_PLACE =
            Pattern.compile(".*/bastion/terragrunt\\.hcl", Pattern.CASE_INSENSITIVE);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_FILES = 500;

    private final GitRepository repository;
    private final EnvironmentPaths paths;
    private final List<String> modules;

    /**
     * @param directory a directory of the clone
     * @param environment the variables of this process
     */
    public ChangedEnvironments(Path directory, Map<String, String> environment, ApplyRequest.Layout layout) {
        this.repository = GitRepository.around(
                directory, new CommandRunner(new ShutdownRequest()), ChildEnvironment.of(environment));
        this.paths = layout.paths();
        this.modules = layout.modules();
    }

    /**
     * The answer.
     *
     * @param environments by name
     * @param notes a sentence for each environment that would not be opened, and for each file that looks like a bastion
     * and is none
     */
    public record Changes(List<EnvironmentName> environments, List<String> notes) {
        public Changes {
            environments = List.copyOf(environments);
            notes = List.copyOf(notes);
        }
    }

    /**
     * The changes in a range of commits.
     *
     * @param range {@code OLD..NEW}; {@code OLD...NEW} for what {@code NEW} changed since it left {@code OLD}; or
     * {@code NEW} for all its environments. With an unknown {@code OLD} (a new branch, a rewritten one) the difference is
     * unknown, so all count
     * @throws InvalidConfiguration when {@code NEW} is no commit
     */
    public Changes in(String range) {
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

    /** Fetches a branch of {@code origin} and returns its head. */
    public String fetch(String branch) {
        return repository.fetch(branch);
    }

    private Changes all(GitTree tree) {
        TreeSet<String> directories = tree.list(paths.root(), 1).isEmpty()
                ? new TreeSet<>()
                : tree.filesBelow(paths.root()).stream()
                        .filter(path -> paths.environmentAt(path).isPresent())
                        .map(ChangedEnvironments::directoryOf)
                        .collect(Collectors.toCollection(TreeSet::new));
        return changes(directories, List.of(), tree);
    }

    private Changes between(String before, GitTree tree) {
        GitTree old = repository.tree(before);
        TreeSet<String> directories = new TreeSet<>();
        List<String> others = new ArrayList<>();
        for (String path : repository.changedPaths(before, tree.commit())) {
            String directory = directoryOf(path);
            String file = directory + FILE;
            boolean isOfAnEnvironment = paths.environmentAt(path).isPresent()
                    || paths.environmentAt(file).isPresent()
                            && !path.endsWith(".md")
                            && (old.has(file) || tree.has(file));
            if (isOfAnEnvironment) {
                directories.add(directory);
            } else {
                others.add(path);
            }
        }
        return changes(directories, others, tree);
    }

    private Changes changes(SequencedSet<String> directories, List<String> others, GitTree tree) {
        SourceSelection selection = new SourceSelection(repository, paths, modules);
        List<String> notes = new ArrayList<>();
        for (String directory : directories) {
            if (tree.has(directory + FILE)) {
                selection.problems(tree, directory).stream()
                        .map(ShapeProblem::sentence)
                        .forEach(notes::add);
            }
        }
        others.stream()
                .filter(path -> looksLikeABastion(tree, path))
                .map(path -> new ShapeProblem(
                                path, 0, "it looks like a bastion, and is no environment", "Rename or remove it")
                        .sentence())
                .forEach(notes::add);
        return new Changes(
                directories.stream()
                        .flatMap(directory -> paths.environmentAt(directory + FILE).stream())
                        .sorted()
                        .toList(),
                notes.stream().limit(MOST_FILES).toList());
    }

    private boolean looksLikeABastion(GitTree tree, String path) {
        boolean isOfAModule = modules.stream()
                .map(module -> module.replaceFirst("^\\$\\{get_repo_root\\(\\)}/", ""))
                .anyMatch(module -> path.startsWith(module.replaceFirst("//.*", "") + "/"));
        return !isOfAModule
                && tree.has(path)
                && (IN_A_BASTIONS_PLACE.matcher(path).matches()
                        || CONFIGURATION.matcher(path).matches()
                                && tree.read(path, MOST_BYTES)
                                        .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                                        .filter(text -> text.contains("deploy_bastion"))
                                        .isPresent());
    }

    private static String directoryOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
