package dev.bastion.app.slack;

import dev.bastion.access.Connection;
import dev.bastion.access.Grant;
import dev.bastion.access.GrantStory;
import dev.bastion.access.PastGrant;
import dev.bastion.access.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What the holder is told in private, each once.
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
            case Stage.ApplyFailed _ -> List.of(failed(grant));
            case Stage.Applying _, Stage.Overdue _ -> List.of();
        };
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
