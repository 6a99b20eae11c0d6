package dev.bastion.sandbox.github.pulls;

/** An event: a pull request was opened, changed, reviewed, closed or merged. */
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
