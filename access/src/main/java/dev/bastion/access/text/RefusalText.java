package dev.bastion.access.text;

import static dev.bastion.access.text.Text.code;
import static dev.bastion.access.text.Text.quote;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.SlackApprovalProblem;
import java.util.List;

/**
 * The words of every refusal, for every medium.
 *
 * @param fact a sentence about the fault that is true for every reader
 * @param remedy what the person who asked can do; empty when nothing
 */
public record RefusalText(Text fact, Text remedy) {
    private static final int MOST_NAMES = 40;
    private static final int LONGEST_NAME = 40;
    private static final String POLICY = "access-policy.yaml";

    public static RefusalText of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownEnvironment(var asked, var known) ->
                say(Text.of("There is no environment ", Text.name(visible(asked)), "."), known(known));
            case Refusal.UnnamedEnvironment(var environment) ->
                say(
                        Text.of("The access policy does not name ", environment, "."),
                        Text.of("Add it to ", code(POLICY), "."));
            case Refusal.NotAllowed(var environment, var person) ->
                say(
                        Text.of(person, " is not allowed to request ", environment, "."),
                        Text.of(code(POLICY), " lists who is."));
            case Refusal.AudienceUnknown(var environment, var audience, var refused) ->
                say(
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
            case Refusal.InactiveHolder(var environment, var person, var why) ->
                say(
                        Text.of(person, " cannot have access to ", environment, ", because ", accountOf(why), "."),
                        Text.of("If that is wrong, have the account activated and request again."));
            case Refusal.UnknownHolder(var environment, var holder) ->
                say(
                        Text.of(Text.name(holder.id()), ", who would get ", environment, ", is not in people.yaml."),
                        Text.of("Add them to ", code("people.yaml"), "."));
            case Refusal.NotTheAuthor(var environment, var holder, var author) ->
                say(
                        Text.of(
                                Text.name(author),
                                " opened this pull request, but ",
                                Text.name(holder.id()),
                                " would get ",
                                environment,
                                "."),
                        Text.of("Let the person who needs access request it."));
            case Refusal.NoOwners(var file) ->
                say(
                        Text.of(quote(file), " needs an owner's approval, but the ledger names no owners."),
                        Text.of("Add ", code("owners"), " to ", code("ledger.yaml"), "."));
            case Refusal.ReasonRequired(var environment) ->
                say(
                        Text.of(environment, " requires a reason."),
                        Text.of(
                                "Add it at the end: ",
                                code("/bastion create " + environment + " 2h INC-12 slow query"),
                                "."));
            case Refusal.ReasonMismatch(var environment, var pattern, var help) ->
                say(
                        Text.of(environment, " requires a reason that contains ", code(pattern), "."),
                        help.map(words -> Text.of(quote(words)))
                                .orElseGet(() -> Text.of("Add what it asks for, like a ticket.")));
            case Refusal.TooLong(var environment, var asked, var longest) ->
                say(
                        Text.of(
                                GrantDuration.format(asked) + " is longer than the " + longest + " that ",
                                environment,
                                " allows at once."),
                        Text.of("Request " + longest + " or less; it can be extended later."));
            case Refusal.EndsBeforeItStarts(var environment) ->
                say(Text.of(environment, " would have ended before it starts."), Text.of("Correct its times."));
            case Refusal.StartPassed(var environment, var start) ->
                say(
                        Text.of("Access to ", environment, " would start in the past, at ", start, "."),
                        Text.of("Request a start that is still to come, or leave it out to start now."));
            case Refusal.StartTooLate(var environment, var start, var latest) ->
                latest.isZero()
                        ? say(
                                Text.of(environment, " takes no requests for later."),
                                Text.of("Request access when you need it."))
                        : say(
                                Text.of(
                                        "A start at ",
                                        start,
                                        " is more than " + GrantDuration.format(latest) + " ahead, which ",
                                        environment,
                                        " does not allow."),
                                Text.of("Request it later, or an earlier start."));
            case Refusal.BreakGlassLater(var environment) ->
                say(
                        Text.of("Break-glass access to ", environment, " is for now, not for later."),
                        Text.of("Leave out the start, or ", code("--break-glass"), "."));
            case Refusal.AlreadyOpen(var grant) ->
                say(
                        Text.of(
                                grant.environment(),
                                " is already open for ",
                                grant.holder(),
                                " until ",
                                grant.expiresAt(),
                                "."),
                        Text.of("Ask them, or request it again after that."));
            case Refusal.NoFreeSlot(var environment, int slots, var next) ->
                say(
                        Text.of(
                                "All " + slots + " slots of ",
                                environment,
                                " are taken. The first to end is that of ",
                                next.holder(),
                                ", until ",
                                next.expiresAt(),
                                "."),
                        Text.of("Ask them, or request it again after that."));
            case Refusal.SeveralSlotsOpen(var environment, var open) ->
                say(
                        Text.of("Several people have ", environment, ": ", holders(open), "."),
                        Text.of(
                                "Name the one that you mean, like ",
                                typed(open.getLast().environment()),
                                "."));
            case Refusal.NeedsApproval(var environment, var approvals) ->
                say(
                        approvals == 0
                                ? Text.of("A request for later is a pull request, and I have no access to GitHub.")
                                : Text.of(
                                        environment,
                                        " requires " + approvals(approvals) + ", and I have no access to GitHub."),
                        Text.of("Nothing was opened. Ask the platform team to set ", code("github.repository"), "."));
            case Refusal.AlreadyWaiting(var proposal) ->
                say(
                        Text.of(
                                "A request for ",
                                proposal.environment(),
                                " by ",
                                proposal.requester(),
                                proposal.change().notBefore().isPresent()
                                        ? " is waiting in "
                                        : " is waiting for approval in ",
                                page(proposal),
                                proposal.change().notBefore().isPresent() ? " for its start at " : " until ",
                                proposal.change()
                                        .notBefore()
                                        .orElse(proposal.change().lapsesAt()),
                                "."),
                        Text.of(code("/bastion destroy " + proposal.environment()), " withdraws it."));
            case Refusal.BreakGlassNotAllowed(var environment, var person) ->
                say(
                        Text.of(person, " is not allowed to use break-glass access to ", environment, "."),
                        Text.of("Request approval: ", code("/bastion create " + environment + " REASON"), "."));
            case Refusal.BreakGlassUnanswered(var earlier) ->
                say(
                        Text.of(
                                "The break-glass access of ",
                                earlier.holder(),
                                " to ",
                                earlier.environment(),
                                " from ",
                                earlier.createdAt(),
                                " is not approved yet, and until then there is no second one."),
                        Text.of("Ask an approver to approve it retroactively, or request approval."));
            case Refusal.BreakGlassUsed(var environment, var person, var uses, var per, var until) ->
                say(
                        Text.of(
                                person,
                                " has used break-glass access to ",
                                environment,
                                uses == 1 ? " once" : " " + uses + " times",
                                " within " + per + ", as often as ",
                                code("break_glass.uses"),
                                " allows."),
                        Text.of(
                                "It is possible again at ",
                                until,
                                "; before that, request approval: ",
                                code("/bastion create " + environment + " REASON"),
                                "."));
            case Refusal.TooManyAtOnce(var person, var most, var until) ->
                say(
                        Text.of(
                                person,
                                " has " + grantsAndRequests(most) + ", as many as ",
                                code("limits.at_once"),
                                " allows."),
                        Text.of("End or withdraw one, or request again after ", until, "."));
            case Refusal.TooManyRequests(var person, var most, var until) ->
                say(
                        Text.of(
                                person,
                                " made " + requests(most) + " within an hour, as many as ",
                                code("limits.requests_per_hour"),
                                " allows."),
                        Text.of("Request again after ", until, "."));
            case Refusal.AskedAgain(var last, var isWithdrawn, var until) ->
                say(
                        Text.of(
                                "The last request of ",
                                last.requester(),
                                " for ",
                                last.environment(),
                                ", ",
                                page(last),
                                (isWithdrawn ? ", was withdrawn" : ", was denied") + " a short time ago (",
                                code("limits.ask_again_after"),
                                ")."),
                        Text.of("Request again after ", until, "."));
            case Refusal.BreakGlassNotNeeded(var environment) ->
                say(Text.of(environment, " needs no approval."), Text.of("Leave out ", code("--break-glass"), "."));
            case Refusal.NothingToApprove(var grant) ->
                say(Text.of("The grant of ", grant.environment(), " needs no further approval."), Text.NONE);
            case Refusal.MayNotApprove(var grant) ->
                say(
                        Text.of(
                                "Only an approver of ",
                                grant.environment(),
                                " other than ",
                                grant.holder(),
                                " can approve this retroactively."),
                        Text.NONE);
            case Refusal.Altered(var environment) ->
                say(
                        Text.of(
                                "The branch of the request for ",
                                environment,
                                " is not what the service wrote, so its approvals no longer count."),
                        Text.of("Request access again."));
            case Refusal.Overtaken(var environment) ->
                say(
                        Text.of(environment, " changed on the default branch in the meantime."),
                        Text.of("Update the branch, or request again."));
            case Refusal.Lapsed(var environment) ->
                say(
                        Text.of("The request for ", environment, " was not approved in time."),
                        Text.of("Request it again."));
            case Refusal.NotWaiting _ ->
                say(
                        Text.of("That request no longer waits for approval."),
                        Text.of("Its message in the channel says what became of it."));
            case Refusal.NotInSlack(var proposal) ->
                say(
                        Text.of(
                                code(POLICY),
                                " does not let approvals in Slack count for ",
                                proposal.environment(),
                                "."),
                        Text.of("Approve or close ", page(proposal), "."));
            case Refusal.UnsignedApproval(var proposal) ->
                say(
                        Text.of("Approvals in Slack need a ledger whose entries are signed, and this one's are not."),
                        Text.of(
                                "Approve or close ",
                                page(proposal),
                                ", and ask the platform team to set a signing key."));
            case Refusal.MayNotDecide(var proposal, var person, var why) ->
                say(
                        Text.of(
                                person,
                                " cannot decide on the request for ",
                                proposal.environment(),
                                ": ",
                                whyNot(why),
                                "."),
                        Text.of(code(POLICY), " lists its approvers."));
            case Refusal.NotYourProposal(var proposal) ->
                say(
                        Text.of("Only ", proposal.requester(), " can withdraw this request."),
                        Text.of("To deny it, close ", page(proposal), "."));
            case Refusal.NotOpen(var environment) -> say(Text.of(environment, " is not open."), request(environment));
            case Refusal.NoLongerOpen(var environment) ->
                say(Text.of("That grant of ", environment, " has ended."), request(environment));
            case Refusal.AlreadyEnded(var grant) ->
                say(
                        Text.of(
                                "The grant of ",
                                grant.environment(),
                                " expired at ",
                                grant.expiresAt(),
                                " and is being closed."),
                        Text.of("Request access again once it is closed."));
            case Refusal.TotalReached(var grant, var longest, var latest) ->
                say(
                        Text.of(grant.environment(), " can be open for " + longest + " in total, until ", latest, "."),
                        Text.of("It now ends at ", grant.expiresAt(), "."));
            case Refusal.NotYours(var grant) ->
                say(
                        Text.of(
                                "Only ",
                                grant.holder(),
                                " and the approvers of ",
                                grant.environment(),
                                " can change this grant."),
                        Text.NONE);
            case Refusal.ReplacesGrant(var open) ->
                say(
                        Text.of(
                                open.environment(),
                                " is open for ",
                                open.holder(),
                                ", and this would replace that grant."),
                        Text.of("End it first."));
            case Refusal.RemovesOpenEnvironment(var open) ->
                say(
                        Text.of(
                                open.environment(),
                                " is open for ",
                                open.holder(),
                                ", and this would remove its file."),
                        Text.of("End it first."));
            case Refusal.Unreadable(var environment, var problem) ->
                say(Text.of("The file of ", environment, " must be corrected first: ", quote(problem)), Text.NONE);
            case Refusal.InvalidFiles(var problem) -> say(Text.of(quote(problem)), Text.NONE);
            case Refusal.TooBusy(var environment) ->
                say(
                        Text.of(environment, " kept changing at the same moment, so nothing was done for you."),
                        Text.of(
                                code("/bastion status " + environment),
                                " shows its state now; run the command again if you still need it."));
        };
    }

    /** Both sentences. */
    public Text full() {
        return fact.then(remedy);
    }

    /** A pull request as a link. */
    public static Text.Part page(Proposal proposal) {
        return new Text.Part.Link(proposal.page(), "pull request #" + proposal.number());
    }

    public static String approvals(int count) {
        return count == 1 ? "1 approval" : count + " approvals";
    }

    /** Why a person may not decide on a request, as a clause. */
    private static String whyNot(SlackApprovalProblem why) {
        return switch (why) {
            case UNKNOWN_PERSON -> "people.yaml does not have their Slack id";
            case OWN_REQUEST -> "nobody approves or denies their own access";
            case NOT_AN_APPROVER -> "they are not an approver";
            case AUDIENCE_UNKNOWN -> "it is not known at present whether they are an approver";
            case INACTIVE_ACCOUNT -> "their account is not active";
            case OWN_PUSH -> "they pushed to the pull request";
            case OTHER_COMMIT -> "it changed since the form was opened, so open the form again";
            case TOO_LATE -> "it has lapsed";
        };
    }

    static String grantsAndRequests(int count) {
        return counted(count, "open grant or waiting request", "open grants and waiting requests");
    }

    static String requests(int count) {
        return counted(count, "request", "requests");
    }

    private static String counted(int count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    private static RefusalText say(Text fact, Text remedy) {
        return new RefusalText(fact, remedy);
    }

    private static Text request(EnvironmentName environment) {
        return Text.of("Run ", code("/bastion create " + environment), " to request access.");
    }

    /** Enough of what was typed to recognise it by, without characters that hide. */
    private static String visible(String typed) {
        String start = typed.length() > LONGEST_NAME ? typed.substring(0, LONGEST_NAME) + "..." : typed;
        return start.replaceAll("[^\\x20-\\x7e]", "?").replace('*', '?');
    }

    /** Who has which slot, each as people type it. */
    private static Text holders(List<Grant> open) {
        Text all = Text.NONE;
        for (Grant grant : open) {
            all = Text.of(all, all.isEmpty() ? "" : ", ", typed(grant.environment()), " is open for ", grant.holder());
        }
        return all;
    }

    private static Text.Part typed(EnvironmentName slot) {
        return code(slot.withoutSlot() + "#" + slot.slot());
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

    /** What is wrong with a person's account, as words that follow "because" or "but". */
    public static String accountOf(InactiveAccount why) {
        return switch (why) {
            case DEACTIVATED -> "their Slack account is deactivated";
            case GUEST -> "their Slack account is a guest's";
            case BOT -> "their Slack account is a bot";
            case FOREIGN -> "their Slack account belongs to another workspace";
            case SUSPENDED -> "their GitHub account is suspended";
        };
    }
}
