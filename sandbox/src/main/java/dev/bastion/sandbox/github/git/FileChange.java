package dev.bastion.sandbox.github.git;

/**
 * The change of one file between two commits.
 *
 * @param blob the file's content after the change; before it, when it was removed
 * @param previous its path before; the same unless it was renamed
 * @param status GitHub's word: added, removed, modified, renamed
 * @param patch the hunks of a unified diff, without the lines that name the file; empty for a binary
 */
public record FileChange(
        String path, String previous, String blob, String status, int additions, int deletions, String patch) {}
