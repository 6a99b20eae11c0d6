package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.rules.EnvironmentAliases;
import dev.bastion.access.rules.EnvironmentChannels;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.FileShape;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The layout of a ledger's repository, as {@code ledger.yaml} at its root describes it. Without that file it is
 * {@link #standard}.
 *
 * @param configuration the directory of {@code access-policy.yaml} and {@code people.yaml}, like {@code environments}
 * @param environments the paths of environment files
 * @param former the paths of environment files under earlier versions of {@code ledger.yaml}: what is open there must end,
 *     too, and nothing else may be done with it
 * @param modules the modules that an environment's {@code source} may name
 * @param ci the paths of what CI runs, besides the files that CI services read by themselves; see {@link ControlFiles}
 * @param accounts the AWS accounts of the environments
 * @param aliases other names of the environments
 * @param channels the Slack channels of the environments
 */
public record Layout(
        String configuration,
        List<PathPattern> environments,
        List<PathPattern> former,
        List<ModuleSource> modules,
        List<String> ci,
        AwsAccounts accounts,
        EnvironmentAliases aliases,
        EnvironmentChannels channels) {
    /** The ledger's own configuration, at the repository's root. */
    public static final String FILE = "ledger.yaml";

    private static final Pattern DIRECTORY =
            Pattern.compile("(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)*");

    /** The module of {@link #standard}. */
    public static final ModuleSource STANDARD_MODULE =
            new ModuleSource("${get_repo_root()}/terraform-modules//bastion");

    /** The paths of what CI runs where a repository holds the product itself. */
    public static final List<String> STANDARD_CI = List.of(
            "bastion",
            "mvnw",
            "mvnw.cmd",
            ".mvn/**",
            "pom.xml",
            "*/pom.xml",
            "*/src/**",
            "tools/**",
            ".ci/**",
            "Dockerfile");

    public Layout {
        environments = List.copyOf(environments);
        former = List.copyOf(former);
        modules = List.copyOf(modules);
        ci = List.copyOf(ci);
    }

    /** A layout without earlier versions, accounts, aliases and channels. */
    public Layout(String configuration, List<PathPattern> environments, List<ModuleSource> modules, List<String> ci) {
        this(
                configuration,
                environments,
                List.of(),
                modules,
                ci,
                AwsAccounts.NONE,
                EnvironmentAliases.NONE,
                EnvironmentChannels.NONE);
    }

    /** The same layout after versions that had these paths, too. */
    public Layout after(Collection<PathPattern> earlier) {
        List<PathPattern> others = earlier.stream()
                .filter(pattern -> !environments.contains(pattern))
                .distinct()
                .toList();
        return new Layout(configuration, environments, others, modules, ci, accounts, aliases, channels);
    }

    /** The same layout with these accounts. */
    public Layout withAccounts(AwsAccounts others) {
        return new Layout(configuration, environments, former, modules, ci, others, aliases, channels);
    }

    /** The same layout with other modules. */
    public Layout withModules(List<ModuleSource> others) {
        return new Layout(configuration, environments, former, others, ci, accounts, aliases, channels);
    }

    /**
     * The directory of the policy and people from the repository's root, without {@code ./} and the slash at its end.
     *
     * @throws InvalidValue for the root itself, where a policy would lie among files that have nothing to do with access
     */
    public static String configurationDirectory(String text) {
        String path = text.replaceAll("^(?:\\./+)+|/+$", "");
        if (!DIRECTORY.matcher(path).matches()) {
            throw new InvalidValue(
                    "directory",
                    text,
                    "one of the repository, but not its root, like environments; the patterns of ledger.yaml say where"
                            + " environments are");
        }
        return path;
    }

    /** The layout of a repository that holds the product, with its environments in one directory. */
    public static Layout standard(String environments) {
        return new Layout(
                environments,
                List.of(new PathPattern(environments + "/{name}/bastion/terragrunt.hcl")),
                List.of(STANDARD_MODULE),
                STANDARD_CI);
    }

    public String accessPolicy() {
        return configuration + "/access-policy.yaml";
    }

    public String people() {
        return configuration + "/people.yaml";
    }

    /** The keys by which people verify the signatures of entries. */
    public String allowedSigners() {
        return configuration + "/allowed_signers";
    }

    /**
     * The directory of the {@code root.hcl} that an environment file includes: that of its pattern, or the nearest one above
     * it that has the file.
     *
     * @param exists whether the default branch has a file at a path
     */
    public String rootOf(String path, Predicate<String> exists) {
        String directory = deciding(patterns(), path)
                .filter(pattern -> pattern.environmentAt(path).isPresent())
                .map(pattern -> pattern.directoryOf(path))
                .findFirst()
                .orElse(configuration);
        for (String at = directory; !at.isEmpty(); at = parent(at)) {
            if (exists.test(at + "/" + CanonicalShape.ROOT_FILE)) {
                return at;
            }
        }
        return exists.test(CanonicalShape.ROOT_FILE) ? "" : directory;
    }

    /** Whether a pattern of this version names the file. */
    public boolean isNamed(String path) {
        return named(environments.stream(), path).findFirst().isPresent();
    }

    /** The environment with this file, also of an earlier version; empty when no pattern ever named it. */
    public Optional<EnvironmentName> environmentAt(String path) {
        return matchAt(path).map(PathPattern.Match::environment);
    }

    /** The account and region of the environment with this file; empty when no pattern ever named it. */
    public Optional<Place> placeAt(String path) {
        return matchAt(path).map(PathPattern.Match::place);
    }

    /**
     * The account and region of an environment; empty when no pattern gives its name.
     *
     * @param exists whether a path has a file
     */
    public Optional<Place> placeOf(EnvironmentName environment, Predicate<String> exists) {
        return placeAt(fileOf(environment, exists));
    }

    private Optional<PathPattern.Match> matchAt(String path) {
        return named(patterns(), path).findFirst();
    }

    private static Stream<PathPattern.Match> named(Stream<PathPattern> patterns, String path) {
        return deciding(patterns, path).flatMap(pattern -> pattern.match(path).stream());
    }

    /** The patterns that say what a file is: those of slots alone where it has the place of one. */
    static Stream<PathPattern> deciding(Stream<PathPattern> patterns, String path) {
        List<PathPattern> all = patterns.toList();
        List<PathPattern> ofSlots =
                all.stream().filter(pattern -> pattern.isPlaceOfSlot(path)).toList();
        return (ofSlots.isEmpty() ? all : ofSlots).stream();
    }

    /** The paths that the environment's file may have; where no pattern gives its name, one that no file has. */
    public List<String> filesOf(EnvironmentName environment) {
        List<String> files = patterns()
                .flatMap(pattern -> pattern.filesOf(environment).stream())
                .distinct()
                .toList();
        return files.isEmpty() ? List.of(environments.getFirst().text()) : files;
    }

    /**
     * Another file that patterns give the name of the same environment: one grant would open both, and the service watches one.
     *
     * @param exists whether a path has a file
     */
    public Optional<String> twinOf(String path, Predicate<String> exists) {
        return named(environments.stream(), path)
                .map(PathPattern.Match::environment)
                .flatMap(environment -> environments.stream().flatMap(pattern -> pattern.filesOf(environment).stream()))
                .filter(other -> !other.equals(path) && exists.test(other))
                .findFirst();
    }

    /** The path of the environment's file: the first that exists, or the first of all. */
    public String fileOf(EnvironmentName environment, Predicate<String> exists) {
        List<String> files = filesOf(environment);
        return files.stream().filter(exists).findFirst().orElseGet(files::getFirst);
    }

    /** The directory that holds every environment file and the policy; empty for the repository's root. */
    public String directory() {
        return Stream.concat(patterns().map(PathPattern::directory), Stream.of(configuration))
                .reduce(Layout::commonDirectory)
                .orElse("");
    }

    /**
     * Where the file with this path may have the five audit values: as the pattern that names it says, then as earlier
     * versions of {@code ledger.yaml} said. Never empty.
     */
    public List<AuditPaths> auditPathsAt(String path) {
        List<AuditPaths> all = deciding(patterns(), path)
                .filter(pattern -> pattern.environmentAt(path).isPresent())
                .map(PathPattern::values)
                .distinct()
                .toList();
        return all.isEmpty() ? List.of(AuditPaths.usualOf(path)) : all;
    }

    /**
     * The path of the environment file in a directory: the first that exists, or the first that a pattern names; where none
     * does, that of a Terragrunt unit.
     *
     * @param exists whether a path has a file
     */
    public String fileIn(String directory, Predicate<String> exists) {
        List<String> files = patterns()
                .map(pattern -> CanonicalShape.child(directory, pattern.fileName()))
                .filter(file -> environmentAt(file).isPresent())
                .toList();
        return files.stream()
                .filter(exists)
                .findFirst()
                .orElseGet(() ->
                        files.isEmpty() ? CanonicalShape.child(directory, CanonicalShape.FILE) : files.getFirst());
    }

    private Stream<PathPattern> patterns() {
        return Stream.concat(environments.stream(), former.stream());
    }

    private static String commonDirectory(String one, String other) {
        String common = one;
        while (!common.isEmpty() && !(other + "/").startsWith(common + "/")) {
            common = parent(common);
        }
        return common;
    }

    /**
     * The kind of a file.
     *
     * @param exists whether a path has a file, before or after the change
     */
    public FileKind kindOf(String path, Predicate<String> exists) {
        Optional<EnvironmentName> environment = environmentAt(path);
        if (environment.isPresent()) {
            return new FileKind.EnvironmentFile(environment.get());
        }
        if (isControl(path)) {
            return new FileKind.Control();
        }
        Optional<String> around = fileAround(path, exists);
        if (around.isPresent() && !isOfARootModule(path, around.get())) {
            return new FileKind.BesideEnvironment(environmentAt(around.get()).orElseThrow());
        }
        return around.isPresent() || isEvaluated(path) ? new FileKind.Evaluated() : new FileKind.Other();
    }

    /** The environment whose root module the file is part of; empty for a file of no root module, and for Markdown. */
    public Optional<EnvironmentName> rootModuleOf(String path, Predicate<String> exists) {
        return fileAround(path, exists)
                .filter(file -> isOfARootModule(path, file))
                .flatMap(this::environmentAt);
    }

    /** Whether it is code of a root module, which says more than an environment's approvers may: the state and the provider. */
    private static boolean isOfARootModule(String path, String file) {
        return FileShape.of(file).equals(Optional.of(FileShape.ROOT_MODULE)) && !SimilarNames.isMarkdown(path);
    }

    private boolean isControl(String path) {
        String folded = PathPattern.folded(path);
        boolean isConfiguration = folded.equals(FILE)
                || (parent(folded).equals(PathPattern.folded(configuration))
                        && (folded.endsWith(".yaml")
                                || folded.endsWith(".yml")
                                || folded.equals(PathPattern.folded(allowedSigners()))));
        return isConfiguration || new ControlFiles(ci).contain(path);
    }

    /** The file of the environment in whose directory, or below it, the path lies: the nearest one. */
    private Optional<String> fileAround(String path, Predicate<String> exists) {
        for (String directory = parent(path); !directory.isEmpty(); directory = parent(directory)) {
            for (PathPattern pattern : environments) {
                String file = directory + "/" + pattern.fileName();
                if (named(environments.stream(), file).findFirst().isPresent() && exists.test(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the evaluation of an environment may read the file without being told its path: a local module with what is
     * copied around it, a file in the directories of the environments, or code in a directory above one. What the code names
     * elsewhere, {@link ReferencedFiles} knows.
     */
    private boolean isEvaluated(String path) {
        String folded = PathPattern.folded(path);
        boolean isModule = modules.stream()
                        .flatMap(module -> module.evaluatedDirectory().stream())
                        .anyMatch(directory ->
                                directory.isEmpty() ? Lookalikes.isCode(folded) : isBelow(folded, directory))
                || modules.stream()
                        .flatMap(module -> module.packageDirectory().stream())
                        .map(PathPattern::folded)
                        .anyMatch(directory -> isBelow(folded, directory));
        return isModule || environments.stream().anyMatch(pattern -> isEvaluated(folded, pattern));
    }

    private static boolean isEvaluated(String folded, PathPattern pattern) {
        String environments = PathPattern.folded(pattern.directory());
        String directory = parent(folded);
        boolean isAmongThem = isAmong(folded, environments);
        boolean isAbove = directory.isEmpty() || environments.isEmpty() || isBelow(environments, directory);
        // a directory between, like live of live/prod/{name}, is theirs; the repository's root has other files, too
        boolean isData = Lookalikes.isCodeOrData(folded) && !directory.isEmpty();
        return isAmongThem ? !folded.endsWith(".md") : isAbove && (Lookalikes.isCode(folded) || isData);
    }

    /** Whether the path is among the environments of a directory; at the repository's root, every root.hcl could be read. */
    private static boolean isAmong(String path, String directory) {
        return directory.isEmpty()
                ? SimilarNames.same(path.substring(parent(path).length()), "/" + CanonicalShape.ROOT_FILE)
                : isBelow(path, directory);
    }

    /** Whether the path is the directory itself, or lies in it. */
    private static boolean isBelow(String path, String directory) {
        return (path + "/").startsWith(directory + "/");
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
