package dev.bastion.layout.shape;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.CanonicalShape;
import dev.bastion.layout.InputValues;
import dev.bastion.layout.Layout;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.FileShape;
import java.util.List;
import java.util.function.Predicate;

/** The canonical shape of an environment, which the name of its file decides. */
public final class EnvironmentShape {
    private final Layout layout;
    private final Predicate<String> exists;

    /** @param exists whether the default branch has a file at a path */
    public EnvironmentShape(Layout layout, Predicate<String> exists) {
        this.layout = layout;
        this.exists = exists;
    }

    /**
     * Every reason why the environment is not opened; empty when it is in canonical shape.
     *
     * @param file the environment's file, like {@code environments/dev/bastion/terragrunt.hcl}
     */
    public List<ShapeProblem> problems(RepositoryTree tree, String file) {
        AuditPaths paths = layout.auditPathsAt(file).getFirst();
        String directory = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        return switch (FileShape.of(file).orElse(FileShape.UNIT)) {
            case UNIT -> unit(file, paths).problems(tree, directory);
            case ROOT_MODULE ->
                new RootModuleShape(
                                layout.modules(),
                                paths,
                                layout.environmentAt(file).map(EnvironmentName::resourceName))
                        .problems(tree, file);
            case STACK -> {
                List<ShapeProblem> problems =
                        unit(file, paths).placeProblems(tree, directory, file.substring(file.lastIndexOf('/') + 1));
                yield problems.isEmpty() ? new StackShape(layout.modules(), paths, file).problems(tree) : problems;
            }
        };
    }

    private CanonicalShape unit(String file, AuditPaths paths) {
        return new CanonicalShape(layout.rootOf(file, exists), layout.modules(), InputValues.COMPUTED, paths);
    }
}
