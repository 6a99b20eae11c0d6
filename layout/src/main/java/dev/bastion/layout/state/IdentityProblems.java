package dev.bastion.layout.state;

import dev.bastion.layout.Layout;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.shape.EnvironmentNames;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Why environments of a commit cannot be told apart: resources that have another name than their own, and states that two share. */
public final class IdentityProblems {
    private IdentityProblems() {}

    /** @param environmentFiles the paths of environments' files; of those beyond {@link SharedState#MOST} nothing is said */
    public static List<ShapeProblem> in(RepositoryTree tree, Layout layout, Collection<String> environmentFiles) {
        Stream<ShapeProblem> names = environmentFiles.stream()
                .sorted()
                .limit(SharedState.MOST)
                .flatMap(file -> EnvironmentNames.problem(tree, file, layout).stream());
        Stream<ShapeProblem> states =
                SharedState.in(tree, layout, environmentFiles.stream()).stream().map(SharedState::problem);
        return Stream.concat(names, states).toList();
    }

    /**
     * The files of environments of which only a plan shows the name that their resources get; a look at the first {@link
     * SharedState#MOST}.
     */
    public static List<String> undecidedNames(RepositoryTree tree, Layout layout, Collection<String> environmentFiles) {
        return environmentFiles.stream()
                .sorted()
                .limit(SharedState.MOST)
                .filter(file -> EnvironmentNames.isUndecided(tree, file, layout))
                .toList();
    }
}
