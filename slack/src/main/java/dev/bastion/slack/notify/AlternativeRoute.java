package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The other way to people of a message that Slack refuses for good: a private message instead of one in the channel, and a
 * mention in the channel, without what is private, instead of a private one. There is no third way: the log has it then.
 */
final class AlternativeRoute {
    private static final String KEY = "instead: ";
    private static final Pattern SLACK_ID = Pattern.compile("[UW][A-Z0-9]{2,20}");

    private final GrantMessage grantMessages;
    private final Supplier<List<String>> owners;

    /** @param owners the Slack ids of those who get what the channel would have got */
    AlternativeRoute(GrantMessage grantMessages, Supplier<List<String>> owners) {
        this.grantMessages = grantMessages;
        this.owners = owners;
    }

    List<OneTime> of(OutgoingMessage refused, SlackFailure why) {
        return switch (refused) {
            case OneTime once when once.key().startsWith(KEY) -> List.of();
            // a token that Slack refuses is refused on the other way, too; the message waits for its repair
            case OneTime(var _, var _, Recipient.User _, var _, var _) when why.isTokenProblem() -> List.of();
            // the id of a grant that was made by hand can be any text
            case OneTime(var _, var _, Recipient.User(String id), var _, var _)
            when !SLACK_ID.matcher(id).matches() -> List.of();
            case OneTime(var request, var since, Recipient.User(String id), var key, var message) ->
                List.of(new OneTime(
                        request, since, new Recipient.Channel(), KEY + id + " " + key, mention(id, why, message)));
            case OneTime(var request, var since, Recipient.Channel _, var key, var message) ->
                privately(owners.get().stream(), request, since, key, message, why);
            case OneTime(var request, var since, Recipient.ThreadOf _, var key, var message) ->
                privately(owners.get().stream(), request, since, key, message, why);
            case OutgoingMessage.GrantUpdate update ->
                privately(MessageSubject.of(update.status().grant()), update, grantMessages.of(update.status()), why);
            case OutgoingMessage.ProposalUpdate update ->
                privately(
                        MessageSubject.of(update.status().proposal()),
                        update,
                        ProposalMessage.of(update.status()),
                        why);
            // the person who asked has an answer to the command
            case OutgoingMessage.FailedRequest _ -> List.of();
            // the live message and its thread tell the same
            case OutgoingMessage.Resolved _ -> List.of();
        };
    }

    private static List<OneTime> privately(
            MessageSubject subject, OutgoingMessage refused, SlackMessage message, SlackFailure why) {
        Stream<String> person = Stream.of(subject.person().id());
        return privately(person, subject.request(), subject.since(), refused.name(), message, why);
    }

    /** Without its buttons, which no later edit would remove. */
    private static List<OneTime> privately(
            Stream<String> people,
            RequestId request,
            Instant since,
            String key,
            SlackMessage refused,
            SlackFailure why) {
        SlackMessage message = SlackMessage.of(
                        "Slack does not let me write this in the channel (" + why.error() + "); please repair that.")
                .with(Blocks.section(refused.text()));
        return people.distinct()
                .map(id -> new OneTime(request, since, new Recipient.User(id), KEY + key, message))
                .toList();
    }

    /** Its one line; its blocks may have commands that are for one person alone. */
    private static SlackMessage mention(String id, SlackFailure why, SlackMessage refused) {
        return SlackMessage.of("<@" + id + ">, Slack does not deliver my private messages to you (" + why.error()
                        + "); `/bastion status` shows your access and what waits for you. This message says:")
                .with(Blocks.section(refused.text()));
    }
}
