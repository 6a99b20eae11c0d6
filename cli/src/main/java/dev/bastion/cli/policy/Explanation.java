package dev.bastion.cli.policy;

import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.proposal.Refusal;

/** The explanation of an answer: the policy rule behind it, by its key in {@code access-policy.yaml}. */
final class Explanation {
    private Explanation() {}

    static String of(PolicyAnswer answer, PolicyQuery query, EnvironmentRules rules) {
        return switch (answer) {
            case PolicyAnswer.Allow _
            when query.breakGlass() ->
                "break_glass.allowed includes them; the approvers are notified and asked to approve retroactively";
            case PolicyAnswer.Allow _ -> "may_request includes them, and approvals is 0";
            case PolicyAnswer.Approve(int approvals, var _, var _, var _) ->
                "approvals is " + approvals + "; the people in approvers may give " + (approvals == 1 ? "it" : "them")
                        + ", but never the requester";
            case PolicyAnswer.Refuse(Refusal why) -> of(why, rules);
        };
    }

    private static String of(Refusal why, EnvironmentRules rules) {
        return switch (why) {
            case Refusal.NotAllowed _ -> "may_request does not include them";
            case Refusal.ReasonRequired _ -> "reason_required is true, but the request has no reason";
            case Refusal.TooLong(var asked, var longest) ->
                asked + " is longer than " + longest + ", "
                        + (longest.equals(rules.longestDuration())
                                ? "longest_duration"
                                : "break_glass.longest_duration");
            case Refusal.BreakGlassNotAllowed _ -> "break_glass.allowed does not include them";
            case Refusal.BreakGlassNotNeeded _ -> "approvals is 0, so break-glass is not needed";
            case Refusal.UnknownEnvironment _,
                    Refusal.AlreadyOpen _,
                    Refusal.NeedsApproval _,
                    Refusal.AlreadyWaiting _,
                    Refusal.NothingToApprove _,
                    Refusal.MayNotApprove _,
                    Refusal.Altered _,
                    Refusal.Overtaken _,
                    Refusal.NotYourProposal _,
                    Refusal.NotOpen _,
                    Refusal.NoLongerOpen _,
                    Refusal.AlreadyEnded _,
                    Refusal.TotalReached _,
                    Refusal.NotYours _,
                    Refusal.Unreadable _,
                    Refusal.TooBusy _ ->
                throw new IllegalStateException("no policy refuses a closed environment with " + why);
        };
    }
}
