package dev.bastion.slack.message;

import dev.bastion.access.FaultKind;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import java.util.Optional;

/** What people are told when it is "no", and when something broke: one sentence or two, and what to do next. */
public final class ErrorText {
    private static final int EXCERPT = 500;

    private ErrorText() {}

    public static String of(Refusal refusal) {
        return RefusalText.of(refusal).full().in(SlackMarkup.MRKDWN);
    }

    /**
     * @param detail what the exception says; shown only where it is the person's to mend
     * @param request by which the log can be searched
     */
    public static String of(FaultKind fault, String detail, RequestId request) {
        return switch (fault) {
            case YOURS -> Mrkdwn.excerpt(detail, EXCERPT);
            case CONFLICT -> "Somebody changed it at the same moment. Please try once more.";
            case EXTERNAL ->
                "Git, GitHub, Slack or AWS does not answer as it should, so I cannot say whether this was done. It is safe to ask for"
                        + " the same again in a minute; `/bastion status` shows what stands. (" + id(request) + ")";
            case BUG ->
                "Sorry, that went wrong on my side, and it is in the log as " + id(request)
                        + ". `/bastion status` shows what stands; whoever runs me can look it up.";
        };
    }

    public static String proposed(Proposal proposal) {
        ProposedChange change = proposal.change();
        String waits =
                ". It lapses " + Mrkdwn.moment(change.lapsesAt()) + " if nobody has approved it by then; I write to"
                        + " you when it is decided, and `/bastion destroy " + change.environment() + "` takes it back.";
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                name(change.environment()) + " needs approval, so I put your request before those who may give it: "
                        + ProposalMessage.page(proposal) + ". Your " + duration + " begin when it is approved" + waits;
            case ProposedChange.Extension extension ->
                "That is longer than was approved, so I put it before those who may approve it: "
                        + ProposalMessage.page(proposal) + ". Until they do, " + name(change.environment()) + " closes "
                        + Mrkdwn.moment(extension.from().expiresAt()) + ". The request lapses "
                        + Mrkdwn.moment(change.lapsesAt()) + ".";
        };
    }

    public static String withdrawn(Proposal proposal) {
        return "Your request for " + name(proposal.environment()) + " is taken back; " + ProposalMessage.page(proposal)
                + " is closed.";
    }

    public static String noCommand(String typed, Optional<String> nearest) {
        return "I do not know " + Mrkdwn.bold(harmless(typed)) + ". "
                + nearest.map(word -> "Did you mean `/bastion " + word + "`? ").orElse("")
                + "`/bastion help` shows what I know.";
    }

    public static String incomplete(String command) {
        return "Which environment? Write `/bastion " + command + " dev`; `/bastion status` lists them.";
    }

    public static String outsider(String why) {
        return "I only open doors for full members of this workspace, and " + why + ".";
    }

    public static String unknownPerson() {
        return "Slack does not tell me just now who you are, so I did nothing. Please try again in a minute.";
    }

    /** Of what somebody typed: a few visible ASCII characters, enough to recognise it by. */
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
