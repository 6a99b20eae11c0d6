package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.DatabaseTargets;
import dev.bastion.layout.FileKind;
import dev.bastion.layout.Layout;
import dev.bastion.layout.Lookalikes;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.ReferencedFiles;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.layout.shape.EnvironmentShape;
import dev.bastion.layout.shape.EnvironmentTargets;
import dev.bastion.layout.state.SharedState;
import dev.bastion.ledger.file.CommitTree;
import dev.bastion.ledger.file.EnvironmentFile;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The change that a pull request's head would make to the base branch: the files that differ between a merge base and the
 * head, with their content at the head. A merge gives exactly this content, from whichever merge base it starts, unless the
 * base branch has changed or moved the same file.
 */
final class FileChangesReader {
    /** How many files of one kind are named as problems. */
    private static final int MAX_NAMED = 5;

    private final CommitReader commits;
    private final Layout layout;
    private final String environments;
    private final FileParsers parsers;
    private final CommitId base;
    private final CommitId head;
    private final FileStateReader files;
    private final Deadline deadline;
    private @Nullable ReferencedFiles references;

    /** @param environments the directory of the policy's files */
    FileChangesReader(
            CommitReader commits,
            Layout layout,
            String environments,
            FileParsers parsers,
            CommitId base,
            CommitId head,
            Deadline deadline) {
        this.commits = commits;
        this.files = new FileStateReader(commits, layout);
        this.layout = layout;
        this.environments = environments;
        this.parsers = parsers;
        this.base = base;
        this.head = head;
        this.deadline = deadline;
    }

    /** @throws BudgetExceeded when it changes more files, or takes longer, than the budget allows */
    FileChanges changes() {
        List<CommitId> mergeBases = commits.mergeBases(base, head);
        Collection<FileVersion> changed = changed(mergeBases);
        List<EnvironmentEdit> edits = new ArrayList<>();
        List<ConfigurationChange> configurations = new ArrayList<>();
        List<String> owned = new ArrayList<>();
        List<String> configured = new ArrayList<>();
        Set<EnvironmentName> rootModules = new LinkedHashSet<>();
        for (FileVersion file : changed) {
            deadline.check();
            switch (layout.kindOf(file.path(), this::exists)) {
                case FileKind.EnvironmentFile(var environment) -> {
                    edits.add(edit(environment, file, isOvertaken(file.path(), mergeBases)));
                    if (isConfigured(file)) {
                        configurations.add(configuration(environment, file));
                        configured.add(file.path());
                    }
                }
                case FileKind.BesideEnvironment(var environment) ->
                    configurations.add(new ConfigurationChange(environment, List.of(), true));
                case FileKind.Evaluated _, FileKind.Control _ -> {
                    owned.add(file.path());
                    layout.rootModuleOf(file.path(), this::exists).ifPresent(rootModules::add);
                }
                case FileKind.Other _ -> {
                    if (isReferenced(file.path())) {
                        owned.add(file.path());
                    }
                }
            }
        }
        List<String> problems = new ArrayList<>(moved(mergeBases));
        problems.addAll(lookalikes(changed));
        problems.addAll(deviations(edits, configurations, rootModules));
        configured.addAll(owned);
        problems.addAll(sharedStates(configured));
        problems.addAll(configurationProblems(changed));
        return new FileChanges(edits, configurations, owned, problems);
    }

    /** Whether the code in force names the file, wherever it lies. */
    private boolean isReferenced(String path) {
        if (references == null) {
            references = ReferencedFiles.in(new CommitTree(commits, base), layout);
        }
        return references.mayRead(path);
    }

    private Collection<FileVersion> changed(List<CommitId> mergeBases) {
        if (mergeBases.isEmpty()) {
            commits.requireFewFiles(head);
            return commits.changes(Optional.empty(), head, "");
        }
        Map<String, FileVersion> all = new LinkedHashMap<>();
        mergeBases.forEach(fork -> commits.filesChanged(fork, head).forEach(file -> all.put(file.path(), file)));
        return all.values();
    }

    private boolean exists(String path) {
        return commits.file(base, path).isPresent() || commits.file(head, path).isPresent();
    }

    private boolean isOvertaken(String path, List<CommitId> mergeBases) {
        Optional<BlobId> now = commits.file(base, path);
        return mergeBases.isEmpty()
                ? now.isPresent()
                : mergeBases.stream().anyMatch(fork -> !commits.file(fork, path).equals(now));
    }

    /** The changed files that the base branch no longer has: a merge applies the change where the branch moved them. */
    private List<String> moved(List<CommitId> mergeBases) {
        return mergeBases.stream()
                .flatMap(fork -> commits.filesChanged(fork, head).stream()
                        .map(FileVersion::path)
                        .filter(path -> commits.file(fork, path).isPresent())
                        .filter(path -> commits.file(base, path).isEmpty())
                        .filter(this::mayDefineAccess))
                .distinct()
                .limit(MAX_NAMED)
                .map(path -> path + ": is changed here, but the base branch has moved or removed it; merge or rebase")
                .toList();
    }

    private boolean mayDefineAccess(String path) {
        return commits.file(head, path).filter(this::mayDefineAccess).isPresent();
    }

    private List<String> lookalikes(Collection<FileVersion> changed) {
        Lookalikes lookalikes = new Lookalikes(layout);
        return changed.stream()
                .filter(file -> file.blob().isPresent() && lookalikes.isCandidate(file.path()))
                .peek(_ -> deadline.check())
                .flatMap(file -> lookalikes
                        .reason(file.path(), file.blob().flatMap(commits::content))
                        .map(reason -> file.path() + ": looks like a bastion, because " + reason
                                + ". Move it where a pattern of ledger.yaml names it, or remove it")
                        .stream())
                .limit(MAX_NAMED)
                .toList();
    }

    /**
     * How the environments that it would open, extend or configure deviate from the canonical shape. An end is never kept
     * from being merged.
     */
    private List<String> deviations(
            List<EnvironmentEdit> edits, List<ConfigurationChange> configurations, Set<EnvironmentName> rootModules) {
        Stream<EnvironmentName> opened = edits.stream()
                .filter(edit -> edit.after()
                        .filter(EnvironmentState.Open.class::isInstance)
                        .isPresent())
                .map(EnvironmentEdit::environment);
        Stream<EnvironmentName> configured = configurations.stream().map(ConfigurationChange::environment);
        return Stream.of(opened, configured, rootModules.stream())
                .flatMap(environments -> environments)
                .distinct()
                .flatMap(environment -> deviations(environment).stream())
                .limit(MAX_NAMED)
                .toList();
    }

    private List<String> deviations(EnvironmentName environment) {
        deadline.check();
        String file =
                layout.fileOf(environment, path -> commits.file(head, path).isPresent());
        if (commits.file(head, file).isEmpty()) {
            return List.of();
        }
        Stream<ShapeProblem> shape = new EnvironmentShape(
                        layout, path -> commits.file(base, path).isPresent())
                .problems(new CommitTree(commits, head), file).stream();
        List<EnvironmentName> others = commits.changes(Optional.empty(), head, layout.directory()).stream()
                .flatMap(other -> layout.environmentAt(other.path()).stream())
                .toList();
        Stream<ShapeProblem> names =
                NameProblems.of(
                        file, layout, others, path -> commits.file(head, path).isPresent())
                        .stream();
        Stream<ShapeProblem> input = commits
                .file(head, file)
                .flatMap(commits::content)
                .flatMap(content -> NameProblems.inputProblem(file, content, layout))
                .stream();
        return Stream.of(shape, names, input)
                .flatMap(problems -> problems)
                .map(FileChangesReader::withoutFullStop)
                .toList();
    }

    /** The environments that would keep their state where another does. */
    private List<String> sharedStates(List<String> configured) {
        Stream<String> files = commits.changes(Optional.empty(), head, layout.directory()).stream()
                .map(FileVersion::path)
                .filter(layout::isNamed)
                .peek(_ -> deadline.check());
        return SharedState.causedBy(configured, new CommitTree(commits, head), layout, files).stream()
                .limit(MAX_NAMED)
                .map(shared -> withoutFullStop(shared.problem()))
                .toList();
    }

    private static String withoutFullStop(ShapeProblem problem) {
        String sentence = problem.sentence();
        return sentence.substring(0, sentence.length() - 1);
    }

    /** Whether more than the five audit values of the file differs from the base branch. */
    private boolean isConfigured(FileVersion file) {
        Optional<BlobId> before = commits.file(base, file.path());
        if (before.isEmpty() || file.blob().isEmpty()) {
            return true;
        }
        Optional<byte[]> old = withoutAccess(file.path(), before.get());
        Optional<byte[]> now = withoutAccess(file.path(), file.blob().get());
        return !before.equals(file.blob()) && (old.isEmpty() || now.isEmpty() || !Arrays.equals(old.get(), now.get()));
    }

    /** The file as if it were closed; as it stands when its audit values cannot be located, empty when it is too large. */
    private Optional<byte[]> withoutAccess(String path, BlobId blob) {
        return commits.content(blob).map(content -> {
            try {
                return EnvironmentFile.in(layout, path, content).closed();
            } catch (HclException _) {
                return content;
            }
        });
    }

    private ConfigurationChange configuration(EnvironmentName environment, FileVersion file) {
        if (file.blob().isEmpty()) {
            return new ConfigurationChange(environment, List.of(), true);
        }
        DatabaseTargets after = targets(file.path(), head);
        List<EnvironmentName> sharedWith = commits.changes(Optional.empty(), base, layout.directory()).stream()
                .filter(other ->
                        !other.path().equals(file.path()) && other.blob().isPresent())
                .flatMap(other -> layout
                        .environmentAt(other.path())
                        // the slots of an environment lead to the same database, under the same rules
                        .filter(name -> !name.sharesSlotsWith(environment))
                        .filter(_ -> targets(other.path(), base).overlaps(after))
                        .stream())
                .sorted()
                .toList();
        return new ConfigurationChange(environment, sharedWith, after.comparable());
    }

    private DatabaseTargets targets(String path, CommitId commit) {
        deadline.check();
        return EnvironmentTargets.in(new CommitTree(commits, commit), path, layout);
    }

    /** The names that environment files have for the variable that opens. */
    private Stream<String> switches() {
        return layout.environments().stream()
                .map(pattern -> pattern.values().name(AuditVariable.DEPLOY))
                .distinct();
    }

    /** A file that is too large to be read may define anything. */
    private boolean mayDefineAccess(BlobId blob) {
        deadline.check();
        return commits.content(blob)
                .map(content -> new String(content, StandardCharsets.ISO_8859_1))
                .map(text -> switches().anyMatch(text::contains))
                .orElse(true);
    }

    private EnvironmentEdit edit(EnvironmentName environment, FileVersion file, boolean overtaken) {
        Optional<EnvironmentState> after = switch (state(file.path(), file.blob())) {
            case FileState.Unrelated _
            when isHidden(file.path()) ->
                Optional.of(new EnvironmentState.Unclear(
                        environment,
                        file.path()
                                + " still exists, but lacks the variables that the service writes. Delete it, or"
                                + " restore them."));
            case FileState.Unrelated _ -> Optional.empty();
            case FileState.Closed _ -> Optional.of(new EnvironmentState.Closed(environment));
            case FileState.Unclear(String problem, boolean _) ->
                Optional.of(new EnvironmentState.Unclear(environment, problem));
            case FileState.Open open ->
                Optional.of(new EnvironmentState.Open(grant(environment, open, commits.commit(head))));
        };
        return new EnvironmentEdit(environment, after, overtaken);
    }

    private FileState state(String path, Optional<BlobId> blob) {
        deadline.check();
        return files.of(path, blob);
    }

    /** Whether an environment's file lost its variables: their values may now come from a file that the service does not read. */
    private boolean isHidden(String path) {
        return commits.file(head, path).isPresent()
                && !(state(path, commits.file(base, path)) instanceof FileState.Unrelated);
    }

    private static Grant grant(EnvironmentName environment, FileState.Open open, Commit head) {
        return new Grant(
                environment,
                RequestId.derivedFrom(head.id() + " " + environment),
                open.holder(),
                ManualEdit.reasonIn(head.message()),
                open.createdAt(),
                open.expiresAt(),
                head.id(),
                Optional.empty(),
                true);
    }

    /** The problems of the merged configuration: a file that changed comes from the head, any other from the base. */
    private List<String> configurationProblems(Collection<FileVersion> changed) {
        Layout standard = Layout.standard(environments);
        List<String> paths = List.of(Layout.FILE, standard.accessPolicy(), standard.people());
        if (changed.stream().noneMatch(file -> paths.contains(file.path()))) {
            return List.of();
        }
        return Stream.concat(
                        problemsOf(() ->
                                requireNoClash(parsers.layout().read(merged(changed, Layout.FILE), environments))),
                        problemsOf(() -> parsers.policy()
                                .read(new PolicyDocuments(
                                        merged(changed, standard.accessPolicy()),
                                        merged(changed, standard.people()),
                                        merged(changed, Layout.FILE)))))
                .distinct()
                .toList();
    }

    /** Judges the aliases of a layout by the environments that it has at the head. */
    private Layout requireNoClash(Layout merged) {
        if (merged.aliases().byAlias().isEmpty()) {
            return merged;
        }
        List<String> paths = commits.changes(Optional.empty(), head, merged.directory()).stream()
                .map(FileVersion::path)
                .toList();
        List<EnvironmentName> all = paths.stream()
                .filter(merged::isNamed)
                .flatMap(path -> merged.environmentAt(path).stream())
                .toList();
        List<String> clashes = NameProblems.clashes(merged, all, paths::contains);
        if (!clashes.isEmpty()) {
            throw new PolicyProblems(clashes.stream().limit(MAX_NAMED).toList());
        }
        return merged;
    }

    private static Stream<String> problemsOf(Supplier<?> reading) {
        try {
            var _ = reading.get();
            return Stream.empty();
        } catch (PolicyProblems e) {
            return e.problems().stream();
        }
    }

    private Optional<byte[]> merged(Collection<FileVersion> changed, String path) {
        Optional<FileVersion> change =
                changed.stream().filter(file -> file.path().equals(path)).findFirst();
        Optional<BlobId> blob = change.isPresent() ? change.get().blob() : commits.file(base, path);
        return blob.map(id -> commits.content(id)
                .orElseThrow(() -> new PolicyProblems(List.of(path + ": is larger than the service reads"))));
    }
}
