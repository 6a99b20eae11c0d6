package dev.bastion.sandbox.github.merge;

/**
 * How a pull request is to be merged.
 *
 * @param method merge, squash or rebase
 * @param title the commit's first line, empty for GitHub's own; {@code message} the rest
 * @param sha the head it must have, empty for any
 */
public record MergeOptions(String method, String title, String message, String sha) {
    /** What the button on GitHub's page does: a merge commit with GitHub's own message. */
    public static final MergeOptions DEFAULT = new MergeOptions("merge", "", "", "");
}
