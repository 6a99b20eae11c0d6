package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.socket.DeliveryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Slack as people use it: commands, clicks, and waiting for messages. */
final class SlackChannel {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final SlackWorkspace slack;
    private final Narrator narrator;

    SlackChannel(SlackWorkspace slack, Narrator narrator) {
        this.slack = slack;
        this.narrator = narrator;
    }

    /** Somebody types a command; it must be acknowledged. */
    void types(String who, String command) {
        narrator.types(who, "/bastion " + command);
        ActingUser user = slack.as(who);
        DeliveryResult.Acknowledged answer = user.command("/bastion", command).acknowledged();
        narrator.says("acknowledged after " + answer.after().toMillis() + " ms");
    }

    /** Somebody clicks a button of a message; it must be acknowledged. */
    void clicks(String who, Message message, String action) {
        narrator.types(who, "[" + action + "]");
        slack.as(who).click(message, action).acknowledged();
    }

    /** What one person alone is told next: an ephemeral answer that was not there before. */
    String whisper(String who, String what, List<Message> before, String... containing) {
        return Await.await(
                what,
                ANSWER,
                () -> ephemerals(who).stream()
                        .filter(message ->
                                before.stream().noneMatch(known -> known.ts().equals(message.ts())))
                        .map(message -> PlainText.text(message.readable()))
                        .filter(text -> List.of(containing).stream().allMatch(text::contains))
                        .findFirst());
    }

    List<Message> ephemerals(String who) {
        return slack.ephemerals(who);
    }

    /** The one message of a request, as it stands now. */
    Optional<Message> ofRequest(String request) {
        List<Message> found = slack.messages().stream()
                .filter(message ->
                        message.metadata("request_id").filter(request::equals).isPresent())
                .toList();
        Await.require(found.size() <= 1, "one message for request " + request + "; there are " + found.size());
        return found.stream().findFirst();
    }

    /** The message of a request once it shows one of the stages, or has shown it. */
    Message await(String request, String stage, Duration atMost) {
        return Await.await(
                "the message of " + request + " saying \"" + stage + "\"",
                atMost,
                () -> ofRequest(request).filter(message -> stages(message).contains(stage)));
    }

    /** The message of a request once it names this end; Slack's own date markup carries the second. */
    void awaitEnd(String request, Instant end, Duration atMost) {
        String moment = "<!date^" + end.getEpochSecond() + "^";
        Await.awaitTrue(
                "the message of " + request + " with its end at " + end,
                atMost,
                () -> ofRequest(request)
                        .filter(message -> message.readable().contains(moment))
                        .isPresent());
    }

    /** Every stage a message has shown, in order. */
    static List<String> stages(Message message) {
        return message.versions().stream()
                .map(version ->
                        version.metadata().path("event_payload").path("stage").asText())
                .toList();
    }

    /** A direct message to somebody that contains some words. */
    String direct(String who, String containing, Duration atMost) {
        return Await.await(
                "a direct message to " + who + " with \"" + containing + "\"",
                atMost,
                () -> slack.dms(who).stream()
                        .map(message -> PlainText.text(message.readable()))
                        .filter(text -> text.contains(containing))
                        .findFirst());
    }
}
