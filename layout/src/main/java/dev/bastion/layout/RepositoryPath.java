package dev.bastion.layout;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arithmetic on paths in a repository. */
public final class RepositoryPath {
    private RepositoryPath() {}

    /**
     * A relative path, as it leads from a directory, without {@code .} and {@code ..}.
     *
     * @return the path from the repository's root; {@code ../…} when it leaves the repository
     */
    public static String resolve(String directory, String relative) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (directory + "/" + relative).split("/")) {
            if (step.equals("..") && !steps.isEmpty() && !steps.getLast().equals("..")) {
                steps.removeLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }
}
