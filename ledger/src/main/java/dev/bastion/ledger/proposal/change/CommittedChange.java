package dev.bastion.ledger.proposal.change;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.proposal.ConfigurationChange;
import dev.bastion.access.proposal.FileChanges;
import dev.bastion.ledger.file.ConfigurationCache.Configuration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change that is on the branch already.
 *
 * @param parent the commit before it
 * @param views the change by each configuration that it must satisfy: the one before the commit, and where people changed the
 *     rules before it without a known approval, the one before that
 */
public record CommittedChange(CommitId parent, List<View> views) {
    /** What a change beyond the reading budget may be. */
    public static final FileChanges ANYTHING =
            new FileChanges(List.of(), List.of(), List.of("more files than the service reads"), List.of());

    /** A change as one configuration sees it. */
    public record View(Configuration configuration, FileChanges files) {}

    /** The reader of what differs between two commits. */
    public interface Difference {
        FileChanges of(CommitId from, CommitId to, Configuration configuration);
    }

    public CommittedChange {
        views = List.copyOf(views);
    }

    public static CommittedChange read(
            CommitId parent, CommitId commit, Collection<Configuration> configurations, Difference difference) {
        return new CommittedChange(
                parent,
                configurations.stream()
                        .map(each -> new View(each, difference.of(parent, commit, each)))
                        .toList());
    }

    /** Whether nobody's approval is asked for. */
    public boolean isEmpty() {
        return views.stream().allMatch(view -> view.files().isEmpty());
    }

    /** Whether it may change any of these files. */
    public boolean mayChange(Collection<String> paths) {
        return views.stream()
                .map(View::files)
                .anyMatch(files ->
                        files.equals(ANYTHING) || files.ownedFiles().stream().anyMatch(paths::contains));
    }

    public Stream<EnvironmentName> environments() {
        return views.stream().flatMap(view -> environments(view.files())).distinct();
    }

    /** A file for people: one that an owner must approve, else that of an environment. */
    public String path() {
        return views.stream()
                .flatMap(view -> view.files().ownedFiles().stream())
                .findFirst()
                .or(() -> views.stream()
                        .flatMap(view -> environments(view.files())
                                .map(environment ->
                                        view.configuration().layout().fileOf(environment, _ -> false)))
                        .findFirst())
                .orElseThrow();
    }

    /** Whether a later commit has all of its files as they were before it. */
    public boolean isUndone(CommitId now, Difference difference) {
        return views.stream().allMatch(view -> isUndone(view, difference.of(parent, now, view.configuration())));
    }

    private static boolean isUndone(View view, FileChanges left) {
        if (left.equals(ANYTHING)) {
            return false;
        }
        return view.files().equals(ANYTHING)
                ? left.isEmpty()
                : names(left).noneMatch(names(view.files()).collect(Collectors.toSet())::contains);
    }

    /** Whether a later change does nothing but put files back as they were before these changes. */
    public boolean isReversionOf(CommitId commit, Collection<CommittedChange> earlier, Difference difference) {
        Set<String> left = views.stream().flatMap(view -> names(view.files())).collect(Collectors.toSet());
        earlier.forEach(change -> left.removeAll(change.putBackBy(commit, difference)));
        return left.isEmpty();
    }

    private Set<String> putBackBy(CommitId commit, Difference difference) {
        Set<String> names = new HashSet<>();
        for (View view : views) {
            FileChanges left = difference.of(parent, commit, view.configuration());
            if (left.equals(ANYTHING)) {
                return Set.of();
            }
            names(view.files()).forEach(names::add);
            names(left).forEach(names::remove);
        }
        return names;
    }

    private static Stream<String> names(FileChanges files) {
        return Stream.concat(
                files.ownedFiles().stream(), environments(files).map(environment -> "environment " + environment));
    }

    private static Stream<EnvironmentName> environments(FileChanges files) {
        return files.configurations().stream()
                .map(ConfigurationChange::environment)
                .distinct();
    }

    /** The configuration that nobody changed without a known approval. */
    public Configuration trusted() {
        return views.getLast().configuration();
    }

    /** The configuration before it. */
    public Configuration before() {
        return views.getFirst().configuration();
    }

    /** The view of the configuration that nobody changed without a known approval, where it is another one. */
    public Optional<View> byTrusted() {
        return views.size() > 1 ? Optional.of(views.getLast()) : Optional.empty();
    }
}
