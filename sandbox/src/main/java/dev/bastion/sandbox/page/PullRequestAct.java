package dev.bastion.sandbox.page;

/** What somebody may do to a pull request. */
public enum PullRequestAct {
    APPROVE,
    REQUEST_CHANGES,
    COMMENT,
    CLOSE,
    REOPEN,
    MERGE
}
