package dev.bastion.layout.state;

import dev.bastion.layout.Layout;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.ShapeProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two environments that keep their state in the same object: an apply of one would destroy the bastion of the other. It is known
 * only where literals say it; a state in different regions, or of different endpoints, is not the same.
 *
 * @param problem with the key of the one, and the file and key of the other
 * @param files the environments' files, and the files with the keys
 */
public record SharedState(ShapeProblem problem, Set<String> files) {
    /** The most environments that are compared. */
    public static final int MOST = 5000;

    public SharedState {
        files = Set.copyOf(files);
    }

    /**
     * Each environment whose state is that of one before it, in the order of their files.
     *
     * @param environmentFiles the paths of environments' files
     */
    public static List<SharedState> in(RepositoryTree tree, Layout layout, Stream<String> environmentFiles) {
        StateReader reader = new StateReader(tree, layout);
        Map<String, List<StatePlace>> byKey = new HashMap<>();
        List<SharedState> shared = new ArrayList<>();
        environmentFiles
                .sorted(Comparator.naturalOrder())
                .limit(MOST)
                .flatMap(file -> reader.of(file).stream())
                .forEach(place -> {
                    List<StatePlace> same = byKey.computeIfAbsent(place.object().toString(), _ -> new ArrayList<>());
                    same.stream()
                            .filter(other -> place.object().isSame(other.object()))
                            .findFirst()
                            .ifPresent(other -> shared.add(of(place, other)));
                    same.add(place);
                });
        return shared;
    }

    /**
     * The same of environments whose state a change may have moved.
     *
     * @param changed the paths of the files that differ
     */
    public static List<SharedState> causedBy(
            Collection<String> changed, RepositoryTree tree, Layout layout, Stream<String> environmentFiles) {
        Set<String> directories = changed.stream()
                .filter(path ->
                        StateReader.mayRead(path) || layout.environmentAt(path).isPresent())
                .map(StateReader::directoryOf)
                .collect(Collectors.toSet());
        return directories.isEmpty()
                ? List.of()
                : in(tree, layout, environmentFiles).stream()
                        .filter(shared -> shared.files.stream()
                                .map(StateReader::directoryOf)
                                .anyMatch(directories::contains))
                        .toList();
    }

    private static SharedState of(StatePlace one, StatePlace other) {
        String problem = "the state of " + one.environment() + " is that of " + other.environment() + ", too ("
                + other.at() + "): " + one.object();
        String remedy = one.file().equals(other.file())
                ? "Write the path into the key, like `${path_relative_to_include()}/terraform.tfstate`"
                : "Write another key into one of them";
        return new SharedState(
                new ShapeProblem(one.file(), one.line(), problem, remedy),
                Stream.of(one, other)
                        .flatMap(place -> Stream.of(place.environmentFile(), place.file()))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
