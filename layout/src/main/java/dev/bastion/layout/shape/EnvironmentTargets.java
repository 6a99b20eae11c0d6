package dev.bastion.layout.shape;

import dev.bastion.hcl.model.HclException;
import dev.bastion.layout.DatabaseTargets;
import dev.bastion.layout.Layout;
import dev.bastion.layout.RepositoryTree;
import dev.bastion.layout.file.FileShape;
import java.util.Optional;

/** The databases and security groups that an environment names: in its file, or in its root module as well. */
public final class EnvironmentTargets {
    private static final int MOST_BYTES = 256 * 1024;

    private EnvironmentTargets() {}

    /**
     * Those of one environment; not comparable when a file cannot be read.
     *
     * @param file the path of its file
     */
    public static DatabaseTargets in(RepositoryTree tree, String file, Layout layout) {
        if (FileShape.of(file).equals(Optional.of(FileShape.ROOT_MODULE))) {
            return ofARootModule(tree, file.substring(0, Math.max(0, file.lastIndexOf('/'))));
        }
        return tree.read(file, MOST_BYTES)
                .map(content -> DatabaseTargets.in(
                        file, content, layout.auditPathsAt(file).getFirst().object()))
                .orElse(DatabaseTargets.UNKNOWN);
    }

    private static DatabaseTargets ofARootModule(RepositoryTree tree, String directory) {
        try {
            return DatabaseTargets.of(RootModule.in(tree, directory).bastionInputs());
        } catch (HclException _) {
            return DatabaseTargets.UNKNOWN;
        }
    }
}
