package dev.bastion.app.slack;

import dev.bastion.access.Approval;
import dev.bastion.access.Connection;
import dev.bastion.access.Consent;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Proposal;
import dev.bastion.access.ProposalStage;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.ProposedChange;
import dev.bastion.access.Stage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the one who asked is told in private, each once.
 *
 * @param key names it among the whispers of its grant; a warning is named by the end it warns of, so that an extended
 *     grant is warned about again
 */
record Whisper(String key, Card card) {
    /** What is due at this point of the story, whether or not it has been said already; in the order to say it. */
    static List<Whisper> dueIn(GrantStory story) {
        Grant grant = story.grant();
        return switch (story.stage()) {
            case Stage.Ready(Connection connection) -> List.of(ready(grant, connection));
            case Stage.EndsSoon(Optional<Connection> connection)
            when connection.isPresent() -> List.of(ready(grant, connection.get()), warning(grant));
            case Stage.EndsSoon _ -> List.of(warning(grant));
            case Stage.Closing(PastGrant past, var _) -> List.of(end(past));
            case Stage.Lingering(PastGrant past, var _, var _) -> List.of(end(past));
            case Stage.Gone(PastGrant past, var _) -> List.of(end(past));
            case Stage.ApplyFailed _ ->
                Stream.concat(approved(grant), Stream.of(failed(grant))).toList();
            case Stage.Applying _ -> approved(grant).toList();
            case Stage.Overdue _ -> List.of();
        };
    }

    /** What whoever asked is told when their proposal ends; an opening that was approved is told of as a grant. */
    static List<Whisper> dueIn(ProposalStory story) {
        Proposal proposal = story.proposal();
        return switch (story.stage()) {
            case ProposalStage.Waiting _, ProposalStage.Withdrawn _ -> List.of();
            case ProposalStage.Approved(var approvals) ->
                proposal.change() instanceof ProposedChange.Extension extension
                        ? List.of(extended(extension, approvals))
                        : List.of();
            case ProposalStage.Lapsed _ -> List.of(no("lapsed", proposal, ProposalCard.lapsed(proposal)));
            case ProposalStage.Denied(var login, var by, var at) ->
                List.of(no("denied", proposal, ProposalCard.denied(proposal, login, by, at)));
            case ProposalStage.Refused(var why) ->
                List.of(no("refused", proposal, "it is no longer possible. " + Sentences.of(why)));
            case ProposalStage.NoLongerPossible _ ->
                List.of(no("refused", proposal, "it is no longer possible, and its page says why"));
        };
    }

    private static Whisper extended(ProposedChange.Extension change, List<Approval> approvals) {
        return new Whisper(
                "approved",
                Card.of("🟢 " + (approvals.isEmpty() ? "Others" : Consents.names(approvals)) + " approved it: "
                        + Mrkdwn.bold(change.environment().value()) + " stays open until "
                        + Mrkdwn.moment(change.newEnd()) + "."));
    }

    private static Whisper no(String key, Proposal proposal, String how) {
        String what = proposal.change() instanceof ProposedChange.Extension ? "request to extend " : "request for ";
        return new Whisper(
                key,
                Card.of("⚪ Your " + what + Mrkdwn.bold(proposal.environment().value()) + " ("
                        + ProposalCard.page(proposal) + "): " + how));
    }

    private static Stream<Whisper> approved(Grant grant) {
        return grant.consent() instanceof Consent.Approved(var approvals, var duration, var _)
                ? Stream.of(new Whisper(
                        "approved",
                        Card.of("🟢 " + Consents.names(approvals) + " approved your request: " + environment(grant)
                                + " is being opened for you, for " + duration
                                + ". I write again when you can connect.")))
                : Stream.empty();
    }

    private static Whisper ready(Grant grant, Connection connection) {
        String text = "🟢 " + environment(grant) + " is open for you until " + Mrkdwn.moment(grant.expiresAt()) + ".";
        Card card = Card.of(text)
                .with(Blocks.section(ConnectCommands.shown(connection)))
                .with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new Whisper("ready", card);
    }

    /** Whoever waits to be told that it is ready would otherwise wait in vain. */
    private static Whisper failed(Grant grant) {
        String text =
                "🔴 " + environment(grant) + " could not be opened for you: CI failed. The message in the channel says"
                        + " where; I write again when you can connect after all.";
        return new Whisper("failed", Card.of(text).with(Blocks.actions(List.of(Button.END.on(grant)))));
    }

    private static Whisper warning(Grant grant) {
        String text = "🟠 " + environment(grant) + " closes " + Mrkdwn.moment(grant.expiresAt())
                + ". Extend it if you are not done; otherwise there is nothing to do.";
        Card card = Card.of(text).with(Blocks.actions(List.of(Button.EXTEND.on(grant), Button.END.on(grant))));
        return new Whisper("warning " + grant.expiresAt(), card);
    }

    private static Whisper end(PastGrant past) {
        String text = "⚪ Your access to " + environment(past.grant()) + " is over: " + GrantCard.how(past)
                + ". Open connections are cut when the bastion goes. Ask again whenever you need it.";
        return new Whisper("end", Card.of(text));
    }

    private static String environment(Grant grant) {
        return Mrkdwn.bold(grant.environment().value());
    }
}
