package dev.bastion.slack.message;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Connection;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the one who asked is told in private, each once.
 *
 * @param key names it among the whispers of its grant; a warning is named by the end it warns of, so that an extended
 *     grant is warned about again
 */
public record HolderMessage(String key, SlackMessage message) {
    /** What is due at this point of the story, whether or not it has been said already; in the order to say it. */
    public static List<HolderMessage> dueIn(GrantStatus story) {
        Grant grant = story.grant();
        return switch (story.stage()) {
            case GrantStage.Ready(Connection connection) -> List.of(ready(grant, connection));
            case GrantStage.EndsSoon(Optional<Connection> connection)
            when connection.isPresent() -> List.of(ready(grant, connection.get()), warning(grant));
            case GrantStage.EndsSoon _ -> List.of(warning(grant));
            case GrantStage.Closing(PastGrant past, var _) -> List.of(end(past));
            case GrantStage.Lingering(PastGrant past, var _, var _) -> List.of(end(past));
            case GrantStage.Gone(PastGrant past, var _) -> List.of(end(past));
            case GrantStage.ApplyFailed _ ->
                Stream.concat(approved(grant), Stream.of(failed(grant))).toList();
            case GrantStage.Applying _ -> approved(grant).toList();
            case GrantStage.Overdue _ -> List.of();
        };
    }

    /** What whoever asked is told when their proposal ends; an opening that was approved is told of as a grant. */
    public static List<HolderMessage> dueIn(ProposalStatus story) {
        Proposal proposal = story.proposal();
        return switch (story.stage()) {
            case ProposalStage.Waiting _, ProposalStage.Withdrawn _ -> List.of();
            case ProposalStage.Approved(var approvals) ->
                proposal.change() instanceof ProposedChange.Extension extension
                        ? List.of(extended(extension, approvals))
                        : List.of();
            case ProposalStage.Lapsed _ -> List.of(no("lapsed", proposal, ProposalMessage.lapsed(proposal)));
            case ProposalStage.Denied(var login, var by, var at) ->
                List.of(no("denied", proposal, ProposalMessage.denied(proposal, login, by, at)));
            case ProposalStage.Refused(var why) ->
                List.of(no("refused", proposal, "it is no longer possible. " + ErrorText.of(why)));
            case ProposalStage.NoLongerPossible _ ->
                List.of(no("refused", proposal, "it is no longer possible, and its page says why"));
        };
    }

    private static HolderMessage extended(ProposedChange.Extension change, List<Approval> approvals) {
        return new HolderMessage(
                "approved",
                SlackMessage.of(
                        "🟢 " + (approvals.isEmpty() ? "Others" : ApprovalText.names(approvals)) + " approved it: "
                                + Mrkdwn.bold(change.environment().value()) + " stays open until "
                                + Mrkdwn.moment(change.newEnd()) + "."));
    }

    private static HolderMessage no(String key, Proposal proposal, String how) {
        String what = proposal.change() instanceof ProposedChange.Extension ? "request to extend " : "request for ";
        return new HolderMessage(
                key,
                SlackMessage.of(
                        "⚪ Your " + what + Mrkdwn.bold(proposal.environment().value()) + " ("
                                + ProposalMessage.page(proposal) + "): " + how));
    }

    private static Stream<HolderMessage> approved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var duration, var _)
                ? Stream.of(new HolderMessage(
                        "approved",
                        SlackMessage.of(
                                "🟢 " + ApprovalText.names(approvals) + " approved your request: " + environment(grant)
                                        + " is being opened for you, for " + duration
                                        + ". I write again when you can connect.")))
                : Stream.empty();
    }

    private static HolderMessage ready(Grant grant, Connection connection) {
        String text = "🟢 " + environment(grant) + " is open for you until " + Mrkdwn.moment(grant.expiresAt()) + ".";
        SlackMessage card = SlackMessage.of(text)
                .with(Blocks.section(ConnectCommands.shown(connection)))
                .with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new HolderMessage("ready", card);
    }

    /** Whoever waits to be told that it is ready would otherwise wait in vain. */
    private static HolderMessage failed(Grant grant) {
        String text =
                "🔴 " + environment(grant) + " could not be opened for you: CI failed. The message in the channel says"
                        + " where; I write again when you can connect after all.";
        return new HolderMessage("failed", SlackMessage.of(text).with(Blocks.actions(List.of(Button.END.on(grant)))));
    }

    private static HolderMessage warning(Grant grant) {
        String text = "🟠 " + environment(grant) + " closes " + Mrkdwn.moment(grant.expiresAt())
                + ". Extend it if you are not done; otherwise there is nothing to do.";
        SlackMessage card =
                SlackMessage.of(text).with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new HolderMessage("warning " + grant.expiresAt(), card);
    }

    private static HolderMessage end(PastGrant past) {
        String text = "⚪ Your access to " + environment(past.grant()) + " is over: " + GrantMessage.how(past)
                + ". Open connections are cut when the bastion goes. Ask again whenever you need it.";
        return new HolderMessage("end", SlackMessage.of(text));
    }

    private static String environment(Grant grant) {
        return Mrkdwn.bold(grant.environment().value());
    }
}
