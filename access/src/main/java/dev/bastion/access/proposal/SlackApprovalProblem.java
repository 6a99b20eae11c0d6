package dev.bastion.access.proposal;

/** The reason why an approval that was given in Slack does not count. */
public enum SlackApprovalProblem {
    /** {@code people.yaml} does not have the person. */
    UNKNOWN_PERSON,
    /** The requester and the holder cannot approve. */
    OWN_REQUEST,
    NOT_AN_APPROVER,
    /** An external audience of the approvers has no answer at present. */
    AUDIENCE_UNKNOWN,
    INACTIVE_ACCOUNT,
    /** The person pushed a commit of the pull request. */
    OWN_PUSH,
    /** It names another commit than the proposed one. */
    OTHER_COMMIT,
    TOO_LATE
}
