package dev.bastion.sandbox.page;

/** An action on a pull request. */
public enum PullRequestAction {
    APPROVE,
    REQUEST_CHANGES,
    COMMENT,
    CLOSE,
    REOPEN,
    MERGE
}
