package dev.bastion.slack.message;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.text.RefusalText;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMarkup;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one message of a proposal in the channel, at each stage. Once it is approved, the message of an opening is its
 * grant's; that of an extension ends there. The same story is the same bytes.
 */
public final class ProposalMessage {
    private static final int EXCERPT = 400;

    private ProposalMessage() {}

    public static SlackMessage proposed(ProposedChange change) {
        return card(
                "🔵 " + asks(change), change, List.of("It is being put before those who may approve it."), List.of());
    }

    /** It could not even be put before others. */
    public static SlackMessage requestFailed(ProposedChange change, String why) {
        return card(
                "⚪ " + asked(change) + ", and it came to nothing",
                change,
                List.of("It could not be put before anybody: " + Mrkdwn.excerpt(why, EXCERPT) + ". " + unchanged(change)
                        + " Please ask again."),
                List.of());
    }

    public static SlackMessage of(ProposalStatus story) {
        Proposal proposal = story.proposal();
        return switch (story.stage()) {
            case ProposalStage.Waiting waiting -> waiting(proposal, waiting);
            case ProposalStage.Approved(var approvals) -> approved(proposal, approvals);
            case ProposalStage.Lapsed _ -> over(proposal, "and " + lapsed(proposal));
            case ProposalStage.Withdrawn _ -> over(proposal, "and took it back");
            case ProposalStage.Denied(var login, var by, var at) ->
                over(proposal, "and " + denied(proposal, login, by, at));
            case ProposalStage.Refused(var why) ->
                over(
                        proposal,
                        "and it is no longer possible",
                        RefusalText.of(why).fact().in(SlackMarkup.MRKDWN));
            case ProposalStage.NoLongerPossible _ ->
                over(proposal, "and it is no longer possible", "Its pull request says why.");
        };
    }

    private static SlackMessage waiting(Proposal proposal, ProposalStage.Waiting waiting) {
        ProposedChange change = proposal.change();
        List<String> details = new ArrayList<>();
        details.add("*Waits for approval:* look at " + page(proposal) + " and approve it there, or close it to say no. "
                + mayApprove(waiting) + " It lapses " + Mrkdwn.moment(change.lapsesAt()) + "." + clock(change));
        List<LayoutBlock> blocks = new ArrayList<>(RequirementList.of("Waiting for:", waiting.reasons()));
        blocks.add(Blocks.actions(List.of(Button.WITHDRAW.on(proposal))));
        return card("🔵 " + asks(change), change, details, blocks);
    }

    private static String mayApprove(ProposalStage.Waiting waiting) {
        String who = waiting.approvers().isEmpty()
                ? "Whoever stands in `people.yaml` with a GitHub login"
                : ApprovalText.list(waiting.approvers(), " or ");
        return who + " may; " + (waiting.approvals() == 1 ? "one approval is" : waiting.approvals() + " approvals are")
                + " needed.";
    }

    private static String clock(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                " Its " + duration + " begin when it is approved.";
            case ProposedChange.Extension _ -> "";
        };
    }

    private static SlackMessage approved(Proposal proposal, List<Approval> approvals) {
        ProposedChange change = proposal.change();
        String by = ": approved" + (approvals.isEmpty() ? "" : " by " + ApprovalText.names(approvals));
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                card(
                        "🟢 " + subject(change) + " for "
                                + Mrkdwn.bold(change.requester().name()) + " for " + duration + by,
                        change,
                        List.of("It is being opened. See " + page(proposal) + "."),
                        List.of());
            case ProposedChange.Extension extension ->
                card(
                        "🟢 " + subject(change) + " stays open until " + Mrkdwn.moment(extension.newEnd()) + by,
                        change,
                        List.of("Its end has moved. See " + page(proposal) + "."),
                        List.of());
        };
    }

    private static SlackMessage over(Proposal proposal, String how, String... why) {
        List<String> details = new ArrayList<>(List.of(why));
        details.add(unchanged(proposal.change()) + " See " + page(proposal) + ".");
        return card("⚪ " + asked(proposal.change()) + ", " + how, proposal.change(), details, List.of());
    }

    static String lapsed(Proposal proposal) {
        return "it lapsed: nobody had approved it by "
                + Mrkdwn.moment(proposal.change().lapsesAt());
    }

    static String denied(Proposal proposal, String login, Optional<Person> by, Instant at) {
        String who = by.map(person -> Mrkdwn.bold(person.name()) + " (" + Mrkdwn.escape(login) + ")")
                .orElseGet(() -> Mrkdwn.bold(login));
        return who + (by.filter(proposal.requester()::is).isPresent() ? " closed it again (" : " said no (")
                + Mrkdwn.moment(at) + ")";
    }

    private static String unchanged(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening _ -> "Nothing was opened.";
            case ProposedChange.Extension _ -> "Its end stays where it was.";
        };
    }

    /** What is asked for, in a headline. */
    static String asks(ProposedChange change) {
        return request(change, "asks");
    }

    private static String asked(ProposedChange change) {
        return request(change, "asked");
    }

    private static String request(ProposedChange change, String verb) {
        String who = subject(change) + ": " + Mrkdwn.bold(change.requester().name()) + " " + verb;
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) -> who + " for access for " + duration;
            case ProposedChange.Extension extension ->
                who + " to keep it open" + forSomebodyElse(extension) + " until "
                        + Mrkdwn.moment(extension.newEnd()) + " instead of "
                        + Mrkdwn.moment(extension.from().expiresAt());
        };
    }

    private static String forSomebodyElse(ProposedChange.Extension change) {
        Person holder = change.from().holder();
        return holder.is(change.by()) ? "" : " for " + Mrkdwn.bold(holder.name());
    }

    public static String page(Proposal proposal) {
        return Mrkdwn.link(proposal.page(), "pull request #" + proposal.number());
    }

    private static String subject(ProposedChange change) {
        return Mrkdwn.bold(change.environment().value());
    }

    private static SlackMessage card(
            String headline, ProposedChange change, List<String> details, List<LayoutBlock> more) {
        Reason reason = change.reason();
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Blocks.section(headline + (reason.isGiven() ? "\n> " + Mrkdwn.escape(reason.text()) : "")));
        details.forEach(detail -> blocks.add(Blocks.section(detail)));
        blocks.addAll(more);
        blocks.add(Blocks.context("Request " + Mrkdwn.code(change.id().value())));
        return new SlackMessage(headline, blocks);
    }
}
