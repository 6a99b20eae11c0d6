package dev.bastion.slack.message;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.BastionObservation.Connection;
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
import java.util.Set;
import java.util.stream.Stream;

/**
 * A private message to the holder of a grant or the requester of a proposal, sent once.
 *
 * @param key its name among those of its request; a warning's has the end it warns of, so that an extended grant gets
 *     another one
 */
public record HolderMessage(String key, SlackMessage message) {
    private static final String WARNING = "warning ";
    private static final String END = "end";

    /** Whether the message of the first key says nothing any more once the one of the second key is due. */
    public static boolean isReplaced(String older, String newer) {
        boolean isOfAnOpenGrant = older.startsWith(WARNING)
                || Set.of("approved", "failed", "ready").contains(older);
        return switch (newer) {
            case END -> isOfAnOpenGrant;
            case "ready" -> older.equals("approved") || older.equals("failed");
            default -> newer.startsWith(WARNING) && older.startsWith(WARNING);
        };
    }

    /** The messages that are due at this stage, whether or not they were sent, in the order to send them. */
    public static List<HolderMessage> dueIn(GrantStatus status) {
        Grant grant = status.grant();
        return switch (status.stage()) {
            case GrantStage.Ready(Connection connection) -> List.of(ready(grant, connection));
            case GrantStage.EndsSoon(Optional<Connection> connection)
            when connection.isPresent() -> List.of(ready(grant, connection.get()), warning(grant));
            case GrantStage.EndsSoon _ -> List.of(warning(grant));
            case GrantStage.Closing(PastGrant past, var _, var _) -> List.of(end(past));
            case GrantStage.Lingering(PastGrant past, var _, var _) -> List.of(end(past));
            case GrantStage.Gone(PastGrant past, var _, var _) -> List.of(end(past));
            case GrantStage.ApplyFailed _ ->
                Stream.concat(approved(grant), Stream.of(failed(grant))).toList();
            case GrantStage.Applying _ -> approved(grant).toList();
            case GrantStage.Overdue _, GrantStage.Unreadable _ -> List.of();
        };
    }

    /** The messages that are due when a proposal ends; an approved opening is announced as a grant. */
    public static List<HolderMessage> dueIn(ProposalStatus status) {
        Proposal proposal = status.proposal();
        return switch (status.stage()) {
            case ProposalStage.Waiting _, ProposalStage.Withdrawn _ -> List.of();
            case ProposalStage.Approved(var approvals) ->
                proposal.change() instanceof ProposedChange.Extension extension
                        ? List.of(extended(extension, approvals))
                        : List.of();
            case ProposalStage.Lapsed _ ->
                List.of(no("lapsed", proposal, ProposalMessage.lapsed(proposal) + ". " + again(proposal)));
            case ProposalStage.Denied denied ->
                List.of(no(
                        "denied",
                        proposal,
                        String.join(
                                "\n",
                                Stream.concat(
                                                Stream.of(ProposalMessage.denied(proposal, denied)),
                                                Stream.of(ProposalMessage.words(denied)))
                                        .toList())));
            case ProposalStage.Refused(var why) ->
                List.of(no(
                        "refused", proposal, "it is no longer possible. " + ErrorText.of(why, proposal.requester())));
            case ProposalStage.NoLongerPossible _ ->
                List.of(no("refused", proposal, "it is no longer possible; the pull request says why"));
        };
    }

    private static HolderMessage extended(ProposedChange.Extension change, List<Approval> approvals) {
        return new HolderMessage(
                "approved",
                SlackMessage.of("🟢 " + (approvals.isEmpty() ? "The approvers" : ApprovalText.names(approvals))
                        + " approved your extension: "
                        + Mrkdwn.bold(change.environment().title()) + " stays open until "
                        + Mrkdwn.moment(change.newEnd()) + "."));
    }

    private static String again(Proposal proposal) {
        String command = proposal.change() instanceof ProposedChange.Extension ? "extend " : "create ";
        return "Run `/bastion " + command + proposal.environment() + "` to request it again.";
    }

    private static HolderMessage no(String key, Proposal proposal, String how) {
        String what = proposal.change() instanceof ProposedChange.Extension ? "request to extend " : "request for ";
        return new HolderMessage(
                key,
                SlackMessage.of(
                        "⚪ Your " + what + Mrkdwn.bold(proposal.environment().title()) + " ("
                                + ProposalMessage.page(proposal) + "): " + how));
    }

    private static Stream<HolderMessage> approved(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var duration, var _, var _)
                ? Stream.of(new HolderMessage(
                        "approved",
                        SlackMessage.of("🟢 "
                                + (approvals.isEmpty()
                                        ? ""
                                        : ApprovalText.names(approvals) + " approved your request: ")
                                + environment(grant) + " is being opened for you for " + duration
                                + ". I'll message you when you can connect.")))
                : Stream.empty();
    }

    private static HolderMessage ready(Grant grant, Connection connection) {
        String text = "🟢 " + environment(grant) + " is open for you until " + Mrkdwn.moment(grant.expiresAt()) + ".";
        SlackMessage message = SlackMessage.of(text)
                .with(Blocks.section(ConnectCommands.shown(grant.environment(), connection)))
                .with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new HolderMessage("ready", message);
    }

    /** Without it the holder would wait for the message that it is ready. */
    private static HolderMessage failed(Grant grant) {
        String text = "🔴 " + environment(grant)
                + " could not be opened for you because CI failed. The message in the channel"
                + " has the details; I'll message you if it opens after all.";
        return new HolderMessage("failed", SlackMessage.of(text).with(Blocks.actions(List.of(Button.END.on(grant)))));
    }

    private static HolderMessage warning(Grant grant) {
        String text = "🟠 " + environment(grant) + " expires " + Mrkdwn.moment(grant.expiresAt()) + ".";
        SlackMessage message = SlackMessage.of(text)
                .with(Blocks.ask("Extend it if you need more time."))
                .with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new HolderMessage(WARNING + grant.expiresAt(), message);
    }

    /** Whether the key is of a warning about an earlier end than the grant's. */
    public static boolean warnsOfAnotherEnd(String key, Grant grant) {
        return key.startsWith(WARNING) && !key.equals(WARNING + grant.expiresAt());
    }

    /** What a warning says once its grant is extended. */
    public static String extended(Grant grant) {
        return "🟢 It was extended: " + environment(grant) + " is open until " + Mrkdwn.moment(grant.expiresAt()) + ".";
    }

    private static HolderMessage end(PastGrant past) {
        String text =
                "⚪ Your access to " + environment(past.grant()) + " has ended: " + EndedGrantMessage.howItEnded(past)
                        + ". Open connections are closed with its bastion; run `/bastion create "
                        + past.grant().environment() + "` to request access again.";
        return new HolderMessage(END, SlackMessage.of(text));
    }

    private static String environment(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }
}
