package dev.bastion.access.policy;

import java.util.Locale;

/** The names of the checks in Slack, on pull requests and in {@code policy test}. */
public enum CheckName {
    /** The pull request's files are readable, and its configuration files valid. */
    FILES,
    /** An owner approves a change of what CI runs, what it evaluates, and the ledger's configuration. */
    OWNERS,
    /** The proposal's branch is as the service wrote it, and the environment file has not changed on the default branch. */
    UNCHANGED,
    /** A key of the policy names the environment, and its {@code may_request} includes the holder, at an extension too. */
    MAY_REQUEST,
    /** Slack or {@code people.yaml} identifies the holder, who is the author of a pull request that opens access. */
    HOLDER,
    /**
     * {@code break_glass.allowed} includes the holder, the environment requires approval, and the holder's earlier
     * break-glass access is approved and within {@code break_glass.uses}.
     */
    BREAK_GLASS,
    /** {@code reason_required}. */
    REASON,
    /** {@code longest_duration}, {@code longest_total} or {@code break_glass.longest_duration}. */
    DURATION,
    /** {@code limits}: how much the requester has, how often they asked, and how soon after a denial. */
    LIMITS,
    /** The environment is closed for a request, or open for an extension or an end. */
    ENVIRONMENT,
    /** The holder or an approver acts, or approves the act. */
    CONTROL,
    /** Enough approvers other than the holder approve the current head. */
    APPROVALS,
    /** {@code plan_required}: CI's plan passed. */
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
