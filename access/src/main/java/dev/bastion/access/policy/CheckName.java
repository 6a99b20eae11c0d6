package dev.bastion.access.policy;

import java.util.Locale;

/** The names under which people see, quote and test the checks: the same in Slack, on a pull request and in {@code policy test}. */
public enum CheckName {
    /** The pull request's files can be read, and its policy files are valid. */
    FILES,
    /** A proposal's branch is what the service wrote, and the environment file has not changed on the default branch since. */
    UNCHANGED,
    /** {@code may_request} includes the holder. */
    MAY_REQUEST,
    /** Slack, or {@code people.yaml}, says who the holder is. */
    HOLDER,
    /** {@code break_glass.allowed} includes the holder, and the environment requires approval at all. */
    BREAK_GLASS,
    /** {@code reason_required}: a reason is given. */
    REASON,
    /** {@code longest_duration}, {@code longest_total} or {@code break_glass.longest_duration} is not exceeded. */
    DURATION,
    /** The environment is closed for a request, or open for an extension or an end. */
    ENVIRONMENT,
    /** The holder or an approver acts, or approves the act. */
    CONTROL,
    /** Enough approvers other than the holder approve the current head. */
    APPROVALS,
    /** {@code plan_required}: CI's plan of the current head passed. */
    PLAN,
    /** GitHub lets the pull request be merged. */
    MERGEABLE,
    /** The proposal was approved before it lapsed. */
    WINDOW;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
