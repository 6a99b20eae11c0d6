package dev.bastion.ledger.proposal;

import dev.bastion.access.proposal.Refusal;

/** A refusal in a few plain words, for where there is room for one line. */
final class RefusalText {
    private RefusalText() {}

    static String of(Refusal why) {
        return switch (why) {
            case Refusal.UnknownEnvironment(var asked, var _) -> "there is no environment " + asked;
            case Refusal.NotAllowed(var environment) -> "the policy does not let them ask for " + environment;
            case Refusal.ReasonRequired(var environment) -> environment + " needs a reason";
            case Refusal.TooLong(var asked, var longest) -> asked + " is longer than " + longest;
            case Refusal.AlreadyOpen(var grant) ->
                grant.environment() + " is open for " + grant.holder().name();
            case Refusal.NeedsApproval(var environment, var approvals) ->
                environment + " needs " + approvals + (approvals == 1 ? " approval" : " approvals");
            case Refusal.AlreadyWaiting(var proposal) -> "pull request " + proposal.number() + " asks for it already";
            case Refusal.BreakGlassNotAllowed(var environment) -> "they may not break glass for " + environment;
            case Refusal.BreakGlassNotNeeded(var environment) -> environment + " needs nobody's approval";
            case Refusal.NothingToApprove(var grant) -> grant.environment() + " has no glass broken";
            case Refusal.MayNotApprove(var grant) -> "they are no approver of " + grant.environment();
            case Refusal.Altered(var environment) ->
                "this is not what the service wrote for " + environment + "; close it and ask again";
            case Refusal.Overtaken(var environment) ->
                environment + " was changed meanwhile; merge the default branch into this one";
            case Refusal.NotYourProposal(var proposal) ->
                "that is the request of " + proposal.requester().name();
            case Refusal.NotOpen(var environment) -> environment + " is not open";
            case Refusal.NoLongerOpen(var environment) -> "that access to " + environment + " is over";
            case Refusal.AlreadyEnded(var grant) -> grant.environment() + " reached its end at " + grant.expiresAt();
            case Refusal.TotalReached(var grant, var longest, var latest) ->
                grant.environment() + " may be open for " + longest + " in all, until " + latest;
            case Refusal.NotYours(var grant) ->
                "only " + grant.holder().name() + " and approvers may change " + grant.environment();
            case Refusal.Unreadable(var _, var problem) -> problem;
            case Refusal.TooBusy(var environment) -> environment + " kept changing";
        };
    }
}
