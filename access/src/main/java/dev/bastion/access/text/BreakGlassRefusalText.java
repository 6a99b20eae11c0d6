package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Refusal;

/** The words of break-glass access, or its retroactive approval, that is not allowed. */
final class BreakGlassRefusalText {
    private BreakGlassRefusalText() {}

    static RefusalText of(Refusal.OfBreakGlass refusal) {
        return switch (refusal) {
            case Refusal.BreakGlassNotAllowed(var environment, var person) ->
                new RefusalText(
                        Text.of(person, " is not allowed to use break-glass access to ", environment, "."),
                        Text.of("Request approval: ", code("/bastion create " + environment + " REASON"), "."));
            case Refusal.BreakGlassNotNeeded(var environment) ->
                new RefusalText(
                        Text.of(environment, " needs no approval."), Text.of("Leave out ", code("--break-glass"), "."));
            case Refusal.BreakGlassLater(var environment) ->
                new RefusalText(
                        Text.of("Break-glass access to ", environment, " is for now, not for later."),
                        Text.of("Leave out the start, or ", code("--break-glass"), "."));
            case Refusal.BreakGlassUnanswered(var earlier) ->
                new RefusalText(
                        unanswered(Text.of("The break-glass access of ", earlier.holder()), earlier),
                        Text.of("Ask an approver to approve it retroactively, or request approval."));
            case Refusal.BreakGlassUsed used ->
                new RefusalText(
                        used(Text.of(used.person(), " has"), used),
                        Text.of(
                                "It is possible again at ",
                                used.until(),
                                "; before that, request approval: ",
                                code("/bastion create " + used.environment() + " REASON"),
                                "."));
            case Refusal.NothingToApprove(var grant) ->
                new RefusalText(
                        Text.of("The grant of ", grant.environment(), " needs no further approval."), Text.NONE);
            case Refusal.MayNotApprove(var grant) ->
                new RefusalText(
                        Text.of(
                                "Only an approver of ",
                                grant.environment(),
                                " other than ",
                                grant.holder(),
                                " can approve this retroactively."),
                        Text.NONE);
        };
    }

    /** @param access whose break-glass access, as the subject of the sentence */
    static Text unanswered(Text access, Grant earlier) {
        return Text.of(
                access,
                " to ",
                earlier.environment(),
                " from ",
                earlier.createdAt(),
                " is not approved yet, and until then there is no second one.");
    }

    /** @param personHas subject and verb */
    static Text used(Text personHas, Refusal.BreakGlassUsed used) {
        return Text.of(
                personHas,
                " used break-glass access to ",
                used.environment(),
                used.uses() == 1 ? " once" : " " + used.uses() + " times",
                " within " + used.per() + ", as often as ",
                code("break_glass.uses"),
                " allows.");
    }
}
