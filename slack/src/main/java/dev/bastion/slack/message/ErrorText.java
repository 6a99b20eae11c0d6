package dev.bastion.slack.message;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.FaultText;
import dev.bastion.access.text.PersonalRefusalText;
import dev.bastion.access.text.RefusalText;
import dev.bastion.access.text.Text;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import java.util.Optional;

/** The text of refusals and of failures: one sentence or two, with what to do next. */
public final class ErrorText {
    private static final int EXCERPT = 500;

    private ErrorText() {}

    public static String of(Refusal refusal) {
        return RefusalText.of(refusal).full().in(SlackMarkup.MRKDWN);
    }

    /** @param reader the person who reads it */
    public static String of(Refusal refusal, Person reader) {
        return text(PersonalRefusalText.of(refusal, reader).full());
    }

    /**
     * The answer to a person whose command failed.
     *
     * @param request by which the log can be searched
     */
    public static String of(RuntimeException thrown, RequestId request) {
        return switch (thrown) {
            case InvalidValue invalid -> Mrkdwn.excerpt(String.valueOf(invalid.getMessage()), EXCERPT);
            case CallFailed failed -> text(FaultText.ofCommand(failed.fault())) + " (" + id(request) + ")";
            default -> ofBug(request);
        };
    }

    /** @param request by which the log can be searched */
    public static String ofBug(RequestId request) {
        return "Sorry, something went wrong on my side; the log has it as " + id(request)
                + ". `/bastion status` shows the current state.";
    }

    public static String proposed(Proposal proposal) {
        ProposedChange change = proposal.change();
        return switch (change) {
            case ProposedChange.Opening opening
            when opening.notBefore().isPresent() ->
                "Your request for " + name(change.environment()) + " from "
                        + Mrkdwn.moment(opening.startsAt()) + " waits in " + ProposalMessage.page(proposal)
                        + ", where I say what it still needs. I check the policy again at that time, and `/bastion"
                        + " destroy "
                        + change.environment() + "` withdraws it.";
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                name(change.environment()) + " requires approval: I opened " + ProposalMessage.page(proposal)
                        + " and asked the approvers. Your access lasts " + duration
                        + " from their approval; the request lapses "
                        + Mrkdwn.moment(change.lapsesAt()) + ", and `/bastion destroy " + change.environment()
                        + "` withdraws it.";
            case ProposedChange.Extension extension ->
                "That is longer than was approved, so I opened " + ProposalMessage.page(proposal)
                        + " and asked the approvers. Until they approve, " + name(change.environment()) + " expires "
                        + Mrkdwn.moment(extension.from().expiresAt()) + "; the request lapses "
                        + Mrkdwn.moment(change.lapsesAt()) + ".";
        };
    }

    public static String endPending(EndResult.Pending pending) {
        return text(FaultText.endPending(
                pending.why(), pending.grant().environment(), pending.terminated(), pending.terminationFault()));
    }

    public static String withdrawn(Proposal proposal) {
        return "Your request for " + name(proposal.environment()) + " is withdrawn, and "
                + ProposalMessage.page(proposal) + " is closed.";
    }

    public static String noCommand(String typed, Optional<String> nearest) {
        return "I don't know " + Mrkdwn.bold(harmless(typed)) + ". "
                + nearest.map(word -> "Did you mean `/bastion " + word + "`? ").orElse("")
                + "`/bastion help` lists the commands.";
    }

    public static String incomplete(String command) {
        return "Which environment? Write `/bastion " + command + " dev`; `/bastion status` lists them.";
    }

    /** What was not understood of a request, where no modal can ask. */
    public static String notUnderstood(RequestDraft draft) {
        return "Nothing was requested. " + String.join(" ", draft.questions())
                + " Write the duration first, like `/bastion create " + draft.environment()
                + " 30m INC-12 slow query`.";
    }

    public static String outsider(InactiveAccount why) {
        String account = switch (why) {
            case DEACTIVATED -> "this account is deactivated";
            case GUEST -> "you are a guest here";
            case BOT -> "this is a bot";
            case FOREIGN -> "you belong to another workspace";
            case SUSPENDED -> "your GitHub account is suspended";
        };
        return "I only grant access to full members of this workspace, and " + account + ".";
    }

    public static String unknownPerson(Fault fault) {
        return "I could not check who you are: " + text(FaultText.ofCommand(fault));
    }

    /** @param fault why the ledger cannot be read; only what passes by itself is a reason to try again */
    public static String ledgerNotRead(Fault fault) {
        String nothing =
                "I have not been able to read the ledger since I started, so nothing was opened, extended or ended";
        return switch (fault) {
            case Fault.Refused refused ->
                nothing + ": " + refused.system().title() + " refuses it ("
                        + Mrkdwn.excerpt(refused.answered(), EXCERPT)
                        + "). Please ask the platform team to change this: "
                        + Mrkdwn.excerpt(refused.remedy(), EXCERPT) + ".";
            case Fault.Unknown _, Fault.Later _ ->
                nothing + ": " + fault.system().title() + " is not answering. Please try again in a few minutes.";
        };
    }

    private static String text(Text text) {
        return text.in(SlackMarkup.MRKDWN);
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
        return Mrkdwn.bold(environment.title());
    }
}
