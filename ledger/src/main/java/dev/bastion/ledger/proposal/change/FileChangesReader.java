package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.EnvironmentEdit;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.layout.FileKind;
import dev.bastion.layout.ReferencedFiles;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The change that a pull request's head would make to the base branch: the files that differ between a merge base and the
 * head, with their content at the head. A merge gives exactly this content, from whichever merge base it starts, unless the
 * base branch has changed or moved the same file.
 */
public final class FileChangesReader {
    /** How many files of one kind are named as problems. */
    static final int MAX_NAMED = 5;

    private final ChangeRange range;
    private final CommitReader commits;
    private final EnvironmentEdits environments;
    private final ConfigurationComparison comparison;
    private final MergedConfiguration merged;
    private @Nullable ReferencedFiles references;

    /** @param environments the directory of the policy's files */
    public FileChangesReader(ChangeRange range, String environments, FileParsers parsers) {
        this.range = range;
        this.commits = range.commits();
        this.environments = new EnvironmentEdits(range);
        this.comparison = new ConfigurationComparison(range);
        this.merged = new MergedConfiguration(range, environments, parsers);
    }

    /** A changed file that holds the values of an environment. */
    private record OfEnvironment(EnvironmentName environment, FileVersion file) {}

    /** What changed, by the kind of each file. */
    private static final class Found {
        private final List<OfEnvironment> environments = new ArrayList<>();
        private final List<ConfigurationChange> configurations = new ArrayList<>();
        private final List<String> owned = new ArrayList<>();
        private final List<String> configured = new ArrayList<>();
        private final Set<EnvironmentName> rootModules = new LinkedHashSet<>();
    }

    /** @throws BudgetExceeded when it changes more files, or takes longer, than the budget allows */
    public FileChanges changes() {
        List<CommitId> mergeBases = mergeBases();
        Collection<FileVersion> changed = changed(mergeBases);
        Found found = found(changed);
        List<EnvironmentEdit> edits = new ArrayList<>();
        for (OfEnvironment each : found.environments) {
            range.deadline().check();
            boolean isOvertaken = isOvertaken(each.file().path(), mergeBases);
            edits.add(environments.edit(each.environment(), each.file(), isOvertaken));
        }
        List<String> problems = new ArrayList<>(new MovedFiles(range).problems(mergeBases));
        problems.addAll(new LookalikeFiles(range).problems(changed));
        problems.addAll(new ShapeDeviations(range).problems(edits, found.configurations, found.rootModules));
        found.configured.addAll(found.owned);
        problems.addAll(new SharedStates(range).problems(found.configured));
        problems.addAll(merged.problems(changed));
        return new FileChanges(edits, found.configurations, found.owned, problems);
    }

    /**
     * The difference between base and head, however the two are related, without the values of environments and without problems:
     * what owners and approvers of configurations approve.
     *
     * @throws BudgetExceeded when it changes more files, or takes longer, than the budget allows
     */
    public FileChanges configurationChanges() {
        Found found = found(commits.filesChanged(range.base(), range.head()));
        return new FileChanges(List.of(), found.configurations, found.owned, List.of());
    }

    private List<CommitId> mergeBases() {
        return commits.ancestry().mergeBases(range.base(), range.head());
    }

    private Found found(Collection<FileVersion> changed) {
        Found found = new Found();
        for (FileVersion file : changed) {
            range.deadline().check();
            switch (range.layout().kindOf(file.path(), range::exists)) {
                case FileKind.EnvironmentFile(var environment) -> {
                    found.environments.add(new OfEnvironment(environment, file));
                    if (comparison.isConfigured(file)) {
                        found.configurations.add(comparison.configuration(environment, file));
                        found.configured.add(file.path());
                    }
                }
                case FileKind.BesideEnvironment(var environment) ->
                    found.configurations.add(new ConfigurationChange(environment, List.of(), true));
                case FileKind.Evaluated _, FileKind.Control _ -> {
                    found.owned.add(file.path());
                    range.layout().rootModuleOf(file.path(), range::exists).ifPresent(found.rootModules::add);
                }
                case FileKind.Other _ -> {
                    if (isReferenced(file.path())) {
                        found.owned.add(file.path());
                    }
                }
            }
        }
        return found;
    }

    /** Whether the code in force names the file, wherever it lies. */
    private boolean isReferenced(String path) {
        if (references == null) {
            references = ReferencedFiles.in(range.baseTree(), range.layout());
        }
        return references.mayRead(path);
    }

    private Collection<FileVersion> changed(List<CommitId> mergeBases) {
        if (mergeBases.isEmpty()) {
            commits.requireFewFiles(range.head());
            return commits.changes(Optional.empty(), range.head(), "");
        }
        Map<String, FileVersion> all = new LinkedHashMap<>();
        mergeBases.forEach(
                fork -> commits.filesChanged(fork, range.head()).forEach(file -> all.put(file.path(), file)));
        return all.values();
    }

    private boolean isOvertaken(String path, List<CommitId> mergeBases) {
        Optional<BlobId> now = range.atBase(path);
        return mergeBases.isEmpty()
                ? now.isPresent()
                : mergeBases.stream().anyMatch(fork -> !commits.file(fork, path).equals(now));
    }
}
