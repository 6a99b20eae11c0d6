package dev.bastion.slack.message;

import dev.bastion.access.FaultKind;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of refusals and of failures: one sentence or two, with what to do next. */
public final class ErrorText {
    private static final int EXCERPT = 500;
    private static final int MOST_NAMES = 40;

    private ErrorText() {}

    public static String of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.UnknownEnvironment(var asked, var known) -> noEnvironment(asked.value(), known);
            case Refusal.NotAllowed(var environment) ->
                "The policy does not let you ask for " + name(environment)
                        + ". Who may stands in `environments/access-policy.yaml`.";
            case Refusal.ReasonRequired(var environment) ->
                name(environment) + " needs a reason. Write it at the end: `/bastion create " + environment
                        + " 2h INC-12 slow query`.";
            case Refusal.TooLong(var asked, var longest) ->
                asked + " is too long; at once you may ask for " + longest + " at most, and extend it later.";
            case Refusal.AlreadyOpen(var grant) ->
                name(grant.environment()) + " is already open for "
                        + Mrkdwn.bold(grant.holder().name()) + " until " + Mrkdwn.moment(grant.expiresAt())
                        + ". Ask them, or ask again then.";
            case Refusal.NeedsApproval(var environment, var approvals) ->
                name(environment) + " needs approval by " + approvals
                        + (approvals == 1 ? " other person" : " others")
                        + ", and I was given no forge where I could ask them. Nothing was opened.";
            case Refusal.AlreadyWaiting(var proposal) ->
                "Your request for " + name(proposal.environment()) + " waits for approval already, in "
                        + ProposalMessage.page(proposal) + ", until "
                        + Mrkdwn.moment(proposal.change().lapsesAt()) + ". `/bastion destroy "
                        + proposal.environment() + "` takes it back.";
            case Refusal.BreakGlassNotAllowed(var environment) ->
                "The policy does not let you open " + name(environment) + " without approval. `/bastion create "
                        + environment + " why` asks for it.";
            case Refusal.BreakGlassNotNeeded(var environment) ->
                name(environment)
                        + " needs nobody's approval, so there is no glass to break. Leave `--break-glass` out.";
            case Refusal.NothingToApprove(var grant) ->
                name(grant.environment()) + " was opened in the ordinary way, or somebody has approved it afterwards"
                        + " already. There is nothing left to approve.";
            case Refusal.MayNotApprove(var grant) ->
                "Only an approver of " + name(grant.environment()) + " other than "
                        + Mrkdwn.bold(grant.holder().name()) + " can approve this afterwards.";
            case Refusal.Altered(var environment) ->
                "The branch for " + name(environment)
                        + " is not what I made of the request any more, so nothing of it counts. Please ask again.";
            case Refusal.Overtaken(var environment) ->
                name(environment) + " was changed meanwhile in the same place. Please ask again.";
            case Refusal.NotYourProposal(var proposal) ->
                "That request is " + Mrkdwn.bold(proposal.requester().name())
                        + "'s; only they can take it back. To say no to it, close " + ProposalMessage.page(proposal)
                        + ".";
            case Refusal.NotOpen(var environment) ->
                name(environment) + " is not open. `/bastion create " + environment + "` opens it.";
            case Refusal.NoLongerOpen(var environment) ->
                "That access to " + name(environment) + " is over, so nothing was done. `/bastion create " + environment
                        + "` asks for it anew.";
            case Refusal.AlreadyEnded(var grant) ->
                name(grant.environment()) + " reached its end (" + Mrkdwn.moment(grant.expiresAt())
                        + ") and is being closed. Ask for it anew when it is.";
            case Refusal.TotalReached(var grant, var longest, var latest) ->
                name(grant.environment()) + " can be open for " + longest + " in all, so until " + Mrkdwn.moment(latest)
                        + " at the latest; it stands at " + Mrkdwn.moment(grant.expiresAt()) + ".";
            case Refusal.NotYours(var grant) ->
                name(grant.environment()) + " is " + Mrkdwn.bold(grant.holder().name())
                        + "'s; only they and the environment's approvers may change it.";
            case Refusal.Unreadable(var environment, var problem) ->
                name(environment) + " cannot be touched as it stands: " + Mrkdwn.excerpt(problem, EXCERPT);
            case Refusal.TooBusy(var environment) ->
                "Others kept changing " + name(environment) + " at the same moment. Please try once more.";
        };
    }

    /**
     * @param detail what the exception says; shown only where it is the person's to mend
     * @param request by which the log can be searched
     */
    public static String of(FaultKind fault, String detail, RequestId request) {
        return switch (fault) {
            case YOURS -> Mrkdwn.excerpt(detail, EXCERPT);
            case CONFLICT -> "Someone changed it at the same time. Please try again.";
            case EXTERNAL ->
                "Git, GitHub, Slack or AWS is not responding, so I don't know whether this was done. It is safe to try again"
                        + " in a minute; `/bastion status` shows the current state. (" + id(request) + ")";
            case BUG ->
                "Sorry, something went wrong on my side; the log has it as " + id(request)
                        + ". `/bastion status` shows the current state.";
        };
    }

    public static String proposed(Proposal proposal) {
        ProposedChange change = proposal.change();
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                name(change.environment()) + " requires approval: I opened " + ProposalMessage.page(proposal)
                        + " and asked the approvers. Your " + duration + " start when they approve; the request lapses "
                        + Mrkdwn.moment(change.lapsesAt()) + ", and `/bastion destroy " + change.environment()
                        + "` withdraws it.";
            case ProposedChange.Extension extension ->
                "That is longer than was approved, so I opened " + ProposalMessage.page(proposal)
                        + " and asked the approvers. Until they approve, " + name(change.environment()) + " expires "
                        + Mrkdwn.moment(extension.from().expiresAt()) + "; the request lapses "
                        + Mrkdwn.moment(change.lapsesAt()) + ".";
        };
    }

    public static String withdrawn(Proposal proposal) {
        return "Your request for " + name(proposal.environment()) + " is withdrawn, and "
                + ProposalMessage.page(proposal) + " is closed.";
    }

    public static String noEnvironment(String asked, List<EnvironmentName> known) {
        String unknown = "There is no environment " + Mrkdwn.bold(harmless(asked)) + ". ";
        if (known.isEmpty()) {
            return unknown + "There are none at all yet.";
        }
        String names = known.stream().limit(MOST_NAMES).map(ErrorText::name).collect(Collectors.joining(", "));
        int more = known.size() - MOST_NAMES;
        return unknown + "There are: " + names + (more > 0 ? " and " + more + " more" : "") + ".";
    }

    public static String noCommand(String typed, Optional<String> nearest) {
        return "I don't know " + Mrkdwn.bold(harmless(typed)) + ". "
                + nearest.map(word -> "Did you mean `/bastion " + word + "`? ").orElse("")
                + "`/bastion help` lists the commands.";
    }

    public static String incomplete(String command) {
        return "Which environment? Write `/bastion " + command + " dev`; `/bastion status` lists them.";
    }

    public static String outsider(String why) {
        return "I only grant access to full members of this workspace, and " + why + ".";
    }

    public static String unknownPerson() {
        return "Slack is not responding, so I could not check who you are and did nothing. Please try again in a minute.";
    }

    /** A few visible ASCII characters of what a person typed, enough to recognise it. */
    private static String harmless(String typed) {
        String start = typed.length() > 40 ? typed.substring(0, 40) + "..." : typed;
        return start.replaceAll("[^\\x20-\\x7e]", "?").replace('*', '?');
    }

    private static String id(RequestId request) {
        return Mrkdwn.code(request.value());
    }

    private static String name(EnvironmentName environment) {
        return Mrkdwn.bold(environment.value());
    }
}
