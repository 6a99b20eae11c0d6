package dev.bastion.apply.source;

import dev.bastion.layout.ShapeProblem;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run applies.
 *
 * @param directory the environment's directory in the copy
 * @param file the path of the environment's file in the repository
 * @param problems why the environment is not in canonical shape; with any, the copy is of an older commit, and closed
 * @param commit the commit of the environment's own files
 * @param asksToOpen whether an environment with problems asks for a bastion
 * @param isRemoved whether the environment has no file any more
 */
public record SelectedSource(
        Path directory,
        String file,
        List<ShapeProblem> problems,
        String commit,
        boolean asksToOpen,
        boolean isRemoved) {
    public SelectedSource {
        problems = List.copyOf(problems);
    }

    public boolean isOffShape() {
        return !problems.isEmpty();
    }

    /** The name of the environment's file. */
    public String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    /** The problems for people. */
    public String sentences() {
        return SourceSelection.sentences(problems);
    }
}
