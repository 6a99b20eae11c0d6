package dev.bastion.cli.policy;

import dev.bastion.access.policy.EnvironmentRules;
import dev.bastion.access.proposal.Refusal;

/** The rule behind an answer, by the key that whoever keeps the policy would have to change. */
final class Explanation {
    private Explanation() {}

    static String of(PolicyAnswer answer, PolicyQuery question, EnvironmentRules rules) {
        return switch (answer) {
            case PolicyAnswer.Allow _
            when question.breakGlass() ->
                "break_glass.allowed includes them; everybody is told and asked to approve afterwards";
            case PolicyAnswer.Allow _ -> "may_request includes them, and approvals is 0";
            case PolicyAnswer.Approve(int approvals, var _, var _, var _) ->
                "approvals is " + approvals + ", and approvers are those who may give "
                        + (approvals == 1 ? "it" : "them") + ", but never the one who asks";
            case PolicyAnswer.Refuse(Refusal why) -> of(why, rules);
        };
    }

    private static String of(Refusal why, EnvironmentRules rules) {
        return switch (why) {
            case Refusal.NotAllowed _ -> "may_request does not include them";
            case Refusal.ReasonRequired _ -> "reason_required is true, and none is given";
            case Refusal.TooLong(var asked, var longest) ->
                asked + " is longer than " + longest + ", "
                        + (longest.equals(rules.longestDuration())
                                ? "longest_duration"
                                : "break_glass.longest_duration");
            case Refusal.BreakGlassNotAllowed _ -> "break_glass.allowed does not include them";
            case Refusal.BreakGlassNotNeeded _ -> "approvals is 0: there is no glass to break";
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
                throw new IllegalStateException("no policy answers a closed environment with " + why);
        };
    }
}
