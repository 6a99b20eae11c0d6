package dev.bastion.sandbox.github.git;

/**
 * A move of one branch. It may carry several commits: all between {@code before} and {@code after}.
 *
 * @param branch short name, like {@code main}
 * @param before full id of the old head; forty zeros when the branch is new
 * @param after full id of the new head; forty zeros when the branch was deleted
 */
public record Push(String branch, String before, String after) {
    /** What git writes where there is no commit. */
    public static final String NOTHING = "0".repeat(40);
}
