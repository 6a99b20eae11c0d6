package dev.bastion.sandbox.github;

/** Something happened to a pull request. */
public record PullRequestChange(PullRequest pullRequest, Kind kind) {
    /** What. */
    public enum Kind {
        OPENED,
        /** Its branch was pushed to. */
        HEAD_MOVED,
        EDITED,
        REVIEWED,
        COMMENTED,
        CLOSED,
        REOPENED,
        MERGED
    }
}
