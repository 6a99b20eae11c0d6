package dev.bastion.layout.shape;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.layout.Layout;
import dev.bastion.layout.NameProblems;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.ShapeProblem;
import dev.bastion.layout.file.FileShape;
import dev.bastion.layout.file.InputText;
import java.util.Optional;

/** The names that environments' resources get by {@code environment}: in the environment's file, or in its root module as well. */
public final class EnvironmentNames {
    private static final String NAME = "environment";
    private static final int MOST_BYTES = 256 * 1024;

    private EnvironmentNames() {}

    /**
     * Why the resources of an environment would not have its name; empty also where the files of its directory do not decide it.
     *
     * @param file the path of its file
     */
    public static Optional<ShapeProblem> problem(RepositoryTree tree, String file, Layout layout) {
        Optional<ShapeProblem> written =
                tree.read(file, MOST_BYTES).flatMap(content -> NameProblems.inputProblem(file, content, layout));
        Optional<String> name = layout.environmentAt(file).map(EnvironmentName::resourceName);
        return written.or(() -> rootModule(tree, file).flatMap(module -> name.flatMap(module::nameProblem)));
    }

    /**
     * Whether nothing in the environment's directory decides the name, so that only a plan shows it.
     *
     * @param file the path of its file
     */
    public static boolean isUndecided(RepositoryTree tree, String file, Layout layout) {
        Optional<HclPath> inputs = layout.auditPathsAt(file).getFirst().object();
        boolean isAbsent = tree.read(file, MOST_BYTES)
                .map(content -> HclFile.parse(file, content))
                .flatMap(content -> inputs.map(at -> InputText.of(content, at, NAME)))
                .filter(InputText.Absent.class::isInstance)
                .isPresent();
        return isAbsent
                || rootModule(tree, file)
                        .filter(module -> module.resourceName().isEmpty())
                        .isPresent();
    }

    private static Optional<RootModule> rootModule(RepositoryTree tree, String file) {
        return FileShape.of(file).equals(Optional.of(FileShape.ROOT_MODULE))
                ? Optional.of(RootModule.in(tree, file.substring(0, Math.max(0, file.lastIndexOf('/')))))
                : Optional.empty();
    }
}
