package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.FileVersion;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The {@code ledger.yaml}, policy and people that a merge would give. */
record MergedConfiguration(ChangeRange range, String environments, FileParsers parsers) {
    /** The problems of the merged configuration: a file that changed comes from the head, any other from the base. */
    List<String> problems(Collection<FileVersion> changed) {
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
        List<String> paths = range.commits().changes(Optional.empty(), range.head(), merged.directory()).stream()
                .map(FileVersion::path)
                .toList();
        List<EnvironmentName> all = paths.stream()
                .filter(merged::isNamed)
                .flatMap(path -> merged.environmentAt(path).stream())
                .toList();
        List<String> clashes = NameProblems.clashes(merged, all, paths::contains);
        if (!clashes.isEmpty()) {
            throw new PolicyProblems(
                    clashes.stream().limit(FileChangesReader.MAX_NAMED).toList());
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
        Optional<BlobId> blob = change.isPresent() ? change.get().blob() : range.atBase(path);
        return blob.map(id -> range.commits()
                .content(id)
                .orElseThrow(() -> new PolicyProblems(List.of(path + ": is larger than the service reads"))));
    }
}
