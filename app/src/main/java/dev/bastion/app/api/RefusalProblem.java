package dev.bastion.app.api;

import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.Markup;
import dev.bastion.access.text.PersonalRefusalText;

/** The problems of refusals, with the words that Slack shows. */
final class RefusalProblem {
    private RefusalProblem() {}

    static ApiResponse of(Refusal refusal, Person reader) {
        return ApiResponse.problem(
                type(refusal), PersonalRefusalText.of(refusal, reader).full().in(Markup.PLAIN));
    }

    static ProblemType type(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownEnvironment _ -> ProblemType.NOT_FOUND;
            case Refusal.UnnamedEnvironment _,
                    Refusal.NotAllowed _,
                    Refusal.UnknownHolder _,
                    Refusal.NotTheAuthor _,
                    Refusal.NoOwners _,
                    Refusal.MayNotApprove _,
                    Refusal.MayNotDecide _ -> ProblemType.NOT_ALLOWED;
            case Refusal.AudienceUnknown(var _, var _, var refused) ->
                refused.isPresent() ? ProblemType.REFUSED_BY_SYSTEM : ProblemType.UNAVAILABLE;
            case Refusal.InactiveHolder _ -> ProblemType.ACCOUNT_INACTIVE;
            case Refusal.ReasonRequired _, Refusal.ReasonMismatch _ -> ProblemType.REASON_REQUIRED;
            case Refusal.TooLong _,
                    Refusal.EndsBeforeItStarts _,
                    Refusal.TotalReached _,
                    Refusal.StartPassed _,
                    Refusal.StartTooLate _ -> ProblemType.TOO_LONG;
            case Refusal.NeedsApproval _, Refusal.NotInSlack _, Refusal.UnsignedApproval _ ->
                ProblemType.APPROVAL_UNAVAILABLE;
            case Refusal.BreakGlassNotAllowed _,
                    Refusal.BreakGlassUnanswered _,
                    Refusal.BreakGlassUsed _,
                    Refusal.BreakGlassLater _,
                    Refusal.BreakGlassNotNeeded _ -> ProblemType.BREAK_GLASS_REFUSED;
            case Refusal.TooManyAtOnce _, Refusal.TooManyRequests _, Refusal.AskedAgain _ -> ProblemType.LIMIT_REACHED;
            case Refusal.AlreadyOpen _,
                    Refusal.NoFreeSlot _,
                    Refusal.ReplacesGrant _,
                    Refusal.RemovesOpenEnvironment _ -> ProblemType.ALREADY_OPEN;
            case Refusal.AlreadyWaiting _ -> ProblemType.ALREADY_WAITING;
            case Refusal.NotOpen _, Refusal.NoLongerOpen _, Refusal.AlreadyEnded _, Refusal.NothingToApprove _ ->
                ProblemType.NOT_OPEN;
            case Refusal.NotYours _, Refusal.NotYourProposal _, Refusal.SeveralSlotsOpen _ -> ProblemType.NOT_YOURS;
            case Refusal.Altered _, Refusal.Overtaken _, Refusal.Lapsed _, Refusal.NotWaiting _ ->
                ProblemType.NOT_WAITING;
            case Refusal.Unreadable _, Refusal.InvalidFiles _, Refusal.TooBusy _ -> ProblemType.ENVIRONMENT_UNCLEAR;
        };
    }
}
