package dev.bastion.ledger.git.object;

import java.time.Duration;

/**
 * The limits of what is read from git, all of which others write. What is above a limit is not read: an environment file
 * is unclear, a policy file is invalid, a message is cut, and a pull request fails its check.
 *
 * @param blobBytes the largest environment or policy file
 * @param messageBytes the most bytes of a commit that are read
 * @param changedFiles the most files that a pull request may change
 * @param pullRequests the most open pull requests that people made and that are read, the newest first
 * @param perPullRequest how long reading one pull request may take
 * @param packBytes the most bytes that one pull request may add to the clone, and the largest object in them
 */
public record ReadBudget(
        int blobBytes, int messageBytes, int changedFiles, int pullRequests, Duration perPullRequest, int packBytes) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** The limits unless the settings say others. */
    public static final ReadBudget USUAL = new ReadBudget(MIB, 64 * KIB, 3000, 500, Duration.ofSeconds(20), 64 * MIB);
}
