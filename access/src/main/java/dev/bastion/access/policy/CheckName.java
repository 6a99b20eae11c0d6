package dev.bastion.access.policy;

import java.util.Locale;

/** The names of the checks in Slack, on pull requests and in {@code policy test}. */
public enum CheckName {
    /** The pull request's files are readable and valid. */
    FILES,
    /** An owner approves a change of what CI runs and evaluates, and of the ledger's configuration. */
    OWNERS,
    /** The proposal's branch is as the service wrote it, and its environment file has not changed since. */
    UNCHANGED,
    /** A key of the policy names the environment, and its {@code may_request} the holder, at an extension too. */
    MAY_REQUEST,
    /** Slack or {@code people.yaml} identifies the holder, who is the author of the pull request. */
    HOLDER,
    /** {@code break_glass} allows it, the holder's earlier use is approved, and the environment requires approval. */
    BREAK_GLASS,
    /** {@code reason_required} and {@code reason_pattern}. */
    REASON,
    /** {@code longest_duration}, {@code longest_total} or {@code break_glass.longest_duration}. */
    DURATION,
    /** {@code latest_start}; a request for later waits. */
    START,
    /** {@code limits} of the requester. */
    LIMITS,
    /** The environment is closed for a request, or open for an extension or an end. */
    ENVIRONMENT,
    /** The holder or an approver acts or approves. */
    CONTROL,
    /** Enough approvers, not the holder, approve the current head. */
    APPROVALS,
    /** {@code plan_required}. */
    PLAN,
    /** GitHub allows the merge. */
    MERGEABLE,
    /** The proposal was approved before it lapsed. */
    WINDOW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
