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
import java.util.ArrayList;
import java.util.List;

/**
 * The live message of a proposal in the channel, at each stage. The message of an approved opening becomes its grant's;
 * that of an extension ends there. An equal status gives equal bytes.
 */
public final class ProposalMessage {
    private static final int EXCERPT = 400;

    private ProposalMessage() {}

    public static SlackMessage proposed(ProposedChange change) {
        return message(
                "🔵 " + requests(change), change, List.of("Opening a pull request for the approvers…"), List.of());
    }

    /** For a request whose pull request could not be opened. */
    public static SlackMessage requestFailed(ProposedChange change, String why) {
        return message(
                "⚪ " + requested(change) + ", but the request failed",
                change,
                List.of("The pull request could not be opened: " + Mrkdwn.excerpt(why, EXCERPT) + ". "
                        + unchanged(change) + "."),
                List.of());
    }

    public static SlackMessage of(ProposalStatus status) {
        Proposal proposal = status.proposal();
        return switch (status.stage()) {
            case ProposalStage.Waiting waiting -> waiting(proposal, waiting);
            case ProposalStage.Approved(var approvals) ->
                approved(proposal, approvals, " I'll update this message when you can connect.");
            case ProposalStage.Lapsed _ -> over(proposal, "and " + lapsed(proposal));
            case ProposalStage.Withdrawn _ -> over(proposal, "and withdrew it");
            case ProposalStage.Denied denied -> over(proposal, "and " + denied(proposal, denied), words(denied));
            case ProposalStage.Refused(var why) ->
                over(
                        proposal,
                        "but it is no longer possible",
                        RefusalText.of(why).fact().in(SlackMarkup.MRKDWN));
            case ProposalStage.NoLongerPossible _ ->
                over(proposal, "but it is no longer possible", "The pull request says why.");
        };
    }

    /** A proposal that has ended, for those who were asked to approve it. */
    public static SlackMessage decided(ProposalStatus status) {
        return status.stage() instanceof ProposalStage.Approved(var approvals)
                ? approved(status.proposal(), approvals, "")
                : of(status);
    }

    private static SlackMessage waiting(Proposal proposal, ProposalStage.Waiting waiting) {
        ProposedChange change = proposal.change();
        List<String> details = new ArrayList<>();
        details.add(waiting.approvals() == 0 ? withoutApproval(proposal) : forApproval(proposal, waiting));
        List<LayoutBlock> blocks = new ArrayList<>(RequirementList.of("Waiting for:", waiting.reasons()));
        blocks.add(Blocks.actions(List.of(Button.WITHDRAW.on(proposal))));
        return message("🔵 " + requests(change), change, details, blocks);
    }

    private static String forApproval(Proposal proposal, ProposalStage.Waiting waiting) {
        return "*Waiting for approval:* " + approvers(waiting) + " can approve " + page(proposal)
                + ", or close it to deny; " + needed(waiting) + ". It lapses "
                + Mrkdwn.moment(proposal.change().lapsesAt()) + startOf(proposal.change()) + ".";
    }

    private static String withoutApproval(Proposal proposal) {
        return "*For later:* no approval is required, and " + page(proposal) + " is merged at its start"
                + startOf(proposal.change()) + ".";
    }

    private static String approvers(ProposalStage.Waiting waiting) {
        return ApprovalText.approvers(
                waiting.approvers(), waiting.audiences(), "everyone with a GitHub login in `people.yaml`");
    }

    private static String needed(ProposalStage.Waiting waiting) {
        return waiting.approvals() == 1 ? "one approval is required" : waiting.approvals() + " approvals are required";
    }

    private static String startOf(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                "; access lasts " + duration + " from "
                        + change.notBefore().map(Mrkdwn::moment).orElse("its approval");
            case ProposedChange.Extension _ -> "";
        };
    }

    /** @param next what follows where it opens access */
    private static SlackMessage approved(Proposal proposal, List<Approval> approvals, String next) {
        ProposedChange change = proposal.change();
        String by = ": approved" + (approvals.isEmpty() ? "" : " by " + ApprovalText.names(approvals));
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                message(
                        "🟢 " + subject(change) + " for "
                                + Mrkdwn.bold(change.requester().name()) + " for " + duration + by,
                        change,
                        List.of("Approved in " + page(proposal) + "." + next),
                        List.of());
            case ProposedChange.Extension extension ->
                message(
                        "🟢 " + subject(change) + " stays open until " + Mrkdwn.moment(extension.newEnd()) + by,
                        change,
                        List.of("Approved in " + page(proposal) + "."),
                        List.of());
        };
    }

    private static SlackMessage over(Proposal proposal, String how, String... why) {
        List<String> details = new ArrayList<>(List.of(why));
        details.add(unchanged(proposal.change()) + "; see " + page(proposal) + ".");
        return message("⚪ " + requested(proposal.change()) + ", " + how, proposal.change(), details, List.of());
    }

    static String lapsed(Proposal proposal) {
        String late = "it lapsed: it was not approved by "
                + Mrkdwn.moment(proposal.change().lapsesAt());
        return proposal.change().notBefore().isPresent() ? late + ", or it could not start in time" : late;
    }

    static String denied(Proposal proposal, ProposalStage.Denied denied) {
        String login = denied.login().isEmpty() ? "" : " (" + Mrkdwn.escape(denied.login()) + ")";
        String who = denied.by()
                .map(person -> Mrkdwn.bold(person.name()) + login)
                .orElseGet(() -> Mrkdwn.bold(denied.login()));
        boolean isRequester = denied.by().filter(proposal.requester()::is).isPresent();
        return who + (isRequester ? " closed it (" : " denied it (") + Mrkdwn.moment(denied.at()) + ")";
    }

    /** What they wrote, as a quotation of its own; empty when nothing. */
    static String[] words(ProposalStage.Denied denied) {
        return denied.words().isEmpty() ? new String[0] : new String[] {"> " + Mrkdwn.escape(denied.words())};
    }

    private static String unchanged(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening _ -> "Nothing was opened";
            case ProposedChange.Extension _ -> "Its end is unchanged";
        };
    }

    /** The headline of a request. */
    public static String requests(ProposedChange change) {
        return headline(change, "requests");
    }

    private static String requested(ProposedChange change) {
        return headline(change, "requested");
    }

    private static String headline(ProposedChange change, String verb) {
        String who = subject(change) + ": " + Mrkdwn.bold(change.requester().name()) + " " + verb;
        return switch (change) {
            case ProposedChange.Opening(var _, var duration, var _, var _) ->
                who + " access for " + duration + from(change);
            case ProposedChange.Extension extension ->
                who + " an extension" + forHolder(extension) + " until " + Mrkdwn.moment(extension.newEnd())
                        + " instead of " + Mrkdwn.moment(extension.from().expiresAt());
        };
    }

    private static String from(ProposedChange change) {
        return change.notBefore().map(start -> " from " + Mrkdwn.moment(start)).orElse("");
    }

    private static String forHolder(ProposedChange.Extension change) {
        Person holder = change.from().holder();
        return holder.is(change.by()) ? "" : " for " + Mrkdwn.bold(holder.name());
    }

    public static boolean isExtension(Proposal proposal) {
        return proposal.change() instanceof ProposedChange.Extension;
    }

    public static String page(Proposal proposal) {
        return Mrkdwn.link(proposal.page(), "pull request #" + proposal.number());
    }

    private static String subject(ProposedChange change) {
        return Mrkdwn.bold(change.environment().title());
    }

    private static SlackMessage message(
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
