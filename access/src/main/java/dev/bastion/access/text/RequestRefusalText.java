package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import java.util.List;

/** The words of a request that is not taken. */
final class RequestRefusalText {
    private static final int MOST_NAMES = 40;
    private static final int LONGEST_NAME = 40;

    private RequestRefusalText() {}

    static RefusalText of(Refusal.OfRequest refusal) {
        return switch (refusal) {
            case Refusal.UnknownEnvironment(var asked, var known) ->
                new RefusalText(Text.of("There is no environment ", Text.name(visible(asked)), "."), known(known));
            case Refusal.UnnamedEnvironment(var environment) ->
                new RefusalText(
                        Text.of("The access policy does not name ", environment, "."),
                        Text.of("Add it to ", code(RefusalText.POLICY), "."));
            case Refusal.NotAllowed(var environment, var person) ->
                new RefusalText(
                        Text.of(person, " is not allowed to request ", environment, "."),
                        Text.of(code(RefusalText.POLICY), " lists who is."));
            case Refusal.InactiveHolder(var environment, var person, var why) ->
                new RefusalText(
                        Text.of(
                                person,
                                " cannot have access to ",
                                environment,
                                ", because ",
                                RefusalText.accountOf(why),
                                "."),
                        Text.of("If that is wrong, have the account activated and request again."));
            case Refusal.AudienceUnknown(var environment, var audience, var refused) ->
                new RefusalText(
                        Text.of(
                                refused.isPresent() ? "I cannot ask " : "",
                                audience.scheme().system(),
                                refused.isPresent() ? " who is in " : " does not answer who is in ",
                                code(audience.value()),
                                ", on which access to ",
                                environment,
                                " depends, so nothing was opened."),
                        refused.map(why -> Text.of("Ask the platform team to change this: ", quote(why.remedy()), "."))
                                .orElseGet(() -> Text.of(
                                        "Request it again once ",
                                        audience.scheme().system(),
                                        " answers.")));
            case Refusal.ReasonRequired(var environment) ->
                new RefusalText(
                        Text.of(environment, " requires a reason."),
                        Text.of(
                                "Add it at the end: ",
                                code("/bastion create " + environment + " 2h INC-12 slow query"),
                                "."));
            case Refusal.ReasonMismatch(var environment, var pattern, var help) ->
                new RefusalText(
                        Text.of(environment, " requires a reason that contains ", code(pattern), "."),
                        help.map(words -> Text.of(quote(words)))
                                .orElseGet(() -> Text.of("Add what it asks for, like a ticket.")));
            case Refusal.TooLong(var environment, var asked, var longest) ->
                new RefusalText(
                        Text.of(
                                GrantDuration.format(asked) + " is longer than the " + longest + " that ",
                                environment,
                                " allows at once."),
                        Text.of("Request " + longest + " or less; it can be extended later."));
            case Refusal.StartPassed(var environment, var start) ->
                new RefusalText(
                        Text.of("Access to ", environment, " would start in the past, at ", start, "."),
                        Text.of("Request a start that is still to come, or leave it out to start now."));
            case Refusal.StartTooLate(var environment, var start, var latest) ->
                latest.isZero()
                        ? new RefusalText(
                                Text.of(environment, " takes no requests for later."),
                                Text.of("Request access when you need it."))
                        : new RefusalText(
                                Text.of(
                                        "A start at ",
                                        start,
                                        " is more than " + GrantDuration.format(latest) + " ahead, which ",
                                        environment,
                                        " does not allow."),
                                Text.of("Request it later, or an earlier start."));
            case Refusal.AlreadyOpen(var grant) ->
                new RefusalText(
                        Text.of(
                                grant.environment(),
                                " is already open for ",
                                grant.holder(),
                                " until ",
                                grant.expiresAt(),
                                "."),
                        Text.of("Ask them, or request it again after that."));
            case Refusal.NoFreeSlot(var environment, int slots, var next) ->
                new RefusalText(
                        Text.of(
                                "All " + slots + " slots of ",
                                environment,
                                " are taken. The first to end is that of ",
                                next.holder(),
                                ", until ",
                                next.expiresAt(),
                                "."),
                        Text.of("Ask them, or request it again after that."));
            case Refusal.AlreadyWaiting(var proposal) ->
                new RefusalText(
                        waiting(
                                Text.of("A request for ", proposal.environment(), " by ", proposal.requester()),
                                proposal),
                        Text.of(code("/bastion destroy " + proposal.environment()), " withdraws it."));
            case Refusal.NeedsApproval(var environment, var approvals) ->
                new RefusalText(
                        approvals == 0
                                ? Text.of("A request for later is a pull request, and I have no access to GitHub.")
                                : Text.of(
                                        environment,
                                        " requires " + RefusalText.approvals(approvals)
                                                + ", and I have no access to GitHub."),
                        Text.of("Nothing was opened. Ask the platform team to set ", code("github.repository"), "."));
            case Refusal.TooManyAtOnce(var person, int most, var until) ->
                new RefusalText(
                        tooManyAtOnce(Text.of(person, " has "), most),
                        Text.of("End or withdraw one, or request again after ", until, "."));
            case Refusal.TooManyRequests(var person, int most, var until) ->
                new RefusalText(tooManyRequests(Text.of(person), most), Text.of("Request again after ", until, "."));
            case Refusal.AskedAgain asked ->
                new RefusalText(
                        askedAgain(Text.of("The last request of ", asked.last().requester()), asked),
                        Text.of("Request again after ", asked.until(), "."));
        };
    }

    /** @param request what waits, as the subject of the sentence */
    static Text waiting(Text request, Proposal proposal) {
        boolean isLater = proposal.change().notBefore().isPresent();
        return Text.of(
                request,
                isLater ? " is waiting in " : " is waiting for approval in ",
                RefusalText.page(proposal),
                isLater ? " for its start at " : " until ",
                proposal.change().notBefore().orElse(proposal.change().lapsesAt()),
                ".");
    }

    /** @param personHas subject and verb, with the space after it */
    static Text tooManyAtOnce(Text personHas, int most) {
        return Text.of(
                personHas,
                counted(most, "open grant or waiting request", "open grants and waiting requests") + ", as many as ",
                code("limits.at_once"),
                " allows.");
    }

    static Text tooManyRequests(Text person, int most) {
        return Text.of(
                person,
                " made " + counted(most, "request", "requests") + " within an hour, as many as ",
                code("limits.requests_per_hour"),
                " allows.");
    }

    /** @param lastRequest the subject of the sentence */
    static Text askedAgain(Text lastRequest, Refusal.AskedAgain asked) {
        return Text.of(
                lastRequest,
                " for ",
                asked.last().environment(),
                ", ",
                RefusalText.page(asked.last()),
                (asked.isWithdrawn() ? ", was withdrawn" : ", was denied") + " a short time ago (",
                code("limits.ask_again_after"),
                ").");
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** Enough of what was typed to recognise it by, without characters that hide. */
    private static String visible(String typed) {
        String start = typed.length() > LONGEST_NAME ? typed.substring(0, LONGEST_NAME) + "..." : typed;
        return start.replaceAll("[^\\x20-\\x7e]", "?").replace('*', '?');
    }

    private static Text known(List<EnvironmentName> known) {
        if (known.isEmpty()) {
            return Text.of("The ledger has none yet.");
        }
        Text names = Text.NONE;
        for (EnvironmentName each : known.subList(0, Math.min(MOST_NAMES, known.size()))) {
            names = names.isEmpty() ? Text.of("There are: ", each) : Text.of(names, ", ", each);
        }
        int more = known.size() - MOST_NAMES;
        return Text.of(names, more > 0 ? " and " + more + " more." : ".");
    }
}
