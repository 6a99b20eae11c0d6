package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;

/** The words of a refusal for the person whom it concerns: "You are not allowed", where others read a name. */
public final class PersonalRefusalText {
    private PersonalRefusalText() {}

    /** @param reader who reads it; a refusal that concerns another person, or nobody, is as everyone reads it */
    public static RefusalText of(Refusal refusal, Person reader) {
        RefusalText general = RefusalText.of(refusal);
        return switch (refusal) {
            case Refusal.NotAllowed(var environment, var person)
            when person.is(reader) ->
                new RefusalText(Text.of("You are not allowed to request ", environment, "."), general.remedy());
            case Refusal.AlreadyOpen(var grant) when grant.holder().is(reader) -> alreadyOpen(grant);
            case Refusal.AlreadyWaiting(var proposal)
            when proposal.requester().is(reader) -> new RefusalText(alreadyWaiting(proposal), general.remedy());
            case Refusal.BreakGlassNotAllowed(var environment, var person)
            when person.is(reader) ->
                new RefusalText(
                        Text.of("You are not allowed to use break-glass access to ", environment, "."),
                        general.remedy());
            case Refusal.BreakGlassUnanswered(var earlier)
            when earlier.holder().is(reader) ->
                new RefusalText(
                        Text.of(
                                "Your break-glass access to ",
                                earlier.environment(),
                                " from ",
                                earlier.createdAt(),
                                " is not approved yet, and until then there is no second one."),
                        general.remedy());
            case Refusal.BreakGlassUsed(var environment, var person, int uses, var per, var _)
            when person.is(reader) ->
                new RefusalText(
                        Text.of(
                                "You have used break-glass access to ",
                                environment,
                                uses == 1 ? " once" : " " + uses + " times",
                                " within " + per + ", as often as ",
                                code("break_glass.uses"),
                                " allows."),
                        general.remedy());
            case Refusal.TooManyAtOnce(var person, int most, var _)
            when person.is(reader) ->
                new RefusalText(
                        Text.of(
                                "You have " + RefusalText.grantsAndRequests(most) + ", as many as ",
                                code("limits.at_once"),
                                " allows."),
                        general.remedy());
            case Refusal.TooManyRequests(var person, int most, var _)
            when person.is(reader) ->
                new RefusalText(
                        Text.of(
                                "You made " + RefusalText.requests(most) + " within an hour, as many as ",
                                code("limits.requests_per_hour"),
                                " allows."),
                        general.remedy());
            case Refusal.AskedAgain(var last, boolean isWithdrawn, var _)
            when last.requester().is(reader) ->
                new RefusalText(
                        Text.of(
                                "Your last request for ",
                                last.environment(),
                                ", ",
                                RefusalText.page(last),
                                (isWithdrawn ? ", was withdrawn" : ", was denied") + " a short time ago (",
                                code("limits.ask_again_after"),
                                ")."),
                        general.remedy());
            // what concerns nobody, or another person
            case Refusal _ -> general;
        };
    }

    private static RefusalText alreadyOpen(Grant grant) {
        return new RefusalText(
                Text.of("You already have ", grant.environment(), " until ", grant.expiresAt(), "."),
                Text.of(
                        code("/bastion extend " + grant.environment()),
                        " moves its end, and ",
                        code("/bastion connect " + grant.environment()),
                        " shows how to connect."));
    }

    private static Text alreadyWaiting(Proposal proposal) {
        boolean isLater = proposal.change().notBefore().isPresent();
        return Text.of(
                "Your request for ",
                proposal.environment(),
                isLater ? " is waiting in " : " is waiting for approval in ",
                RefusalText.page(proposal),
                isLater ? " for its start at " : " until ",
                proposal.change().notBefore().orElse(proposal.change().lapsesAt()),
                ".");
    }
}
