package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;

import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
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
            when proposal.requester().is(reader) ->
                new RefusalText(
                        RequestRefusalText.waiting(Text.of("Your request for ", proposal.environment()), proposal),
                        general.remedy());
            case Refusal.BreakGlassNotAllowed(var environment, var person)
            when person.is(reader) ->
                new RefusalText(
                        Text.of("You are not allowed to use break-glass access to ", environment, "."),
                        general.remedy());
            case Refusal.BreakGlassUnanswered(var earlier)
            when earlier.holder().is(reader) ->
                new RefusalText(
                        BreakGlassRefusalText.unanswered(Text.of("Your break-glass access"), earlier),
                        general.remedy());
            case Refusal.BreakGlassUsed used
            when used.person().is(reader) ->
                new RefusalText(BreakGlassRefusalText.used(Text.of("You have"), used), general.remedy());
            case Refusal.TooManyAtOnce(var person, int most, var _)
            when person.is(reader) ->
                new RefusalText(RequestRefusalText.tooManyAtOnce(Text.of("You have "), most), general.remedy());
            case Refusal.TooManyRequests(var person, int most, var _)
            when person.is(reader) ->
                new RefusalText(RequestRefusalText.tooManyRequests(Text.of("You"), most), general.remedy());
            case Refusal.AskedAgain asked
            when asked.last().requester().is(reader) ->
                new RefusalText(RequestRefusalText.askedAgain(Text.of("Your last request"), asked), general.remedy());
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
}
