package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import dev.bastion.sandbox.demo.narration.NotObservedException;
import dev.bastion.sandbox.demo.narration.PlainText;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
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

    /** Types a command as a person, and requires its acknowledgement. */
    void command(String who, String command) {
        narrator.action(who, "/bastion " + command);
        ActingUser user = slack.as(who);
        DeliveryResult.Acknowledged answer = user.command("/bastion", command).acknowledged();
        narrator.progress("acknowledged after " + answer.after().toMillis() + " ms");
    }

    /** Clicks a button of a message as a person, and requires its acknowledgement. */
    void click(String who, Message message, String action) {
        narrator.action(who, "[" + action + "]");
        slack.as(who).click(message, action).acknowledged();
    }

    /** Waits for an ephemeral message to a person that is not in {@code before} and contains all these texts. */
    String awaitEphemeral(String who, String what, List<Message> before, String... containing) {
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

    /** The message of a request in its current version. */
    Optional<Message> messageOf(String request) {
        List<Message> found = slack.messages().stream()
                .filter(message ->
                        message.metadata("request_id").filter(request::equals).isPresent())
                .toList();
        Await.require(found.size() <= 1, "one message for request " + request + "; there are " + found.size());
        return found.stream().findFirst();
    }

    /** Waits for a message in the channel that contains all these texts; answers it as plain text. */
    String awaitMessage(String what, Duration atMost, String... containing) {
        return Await.await(
                what,
                atMost,
                () -> slack.messages().stream()
                        .map(message -> PlainText.text(message.readable()))
                        .filter(text -> List.of(containing).stream().allMatch(text::contains))
                        .findFirst());
    }

    /** Waits until the message of a request shows a stage, or has shown it. */
    Message awaitStage(String request, String stage, Duration atMost) {
        return Await.await(
                "the message of " + request + " saying \"" + stage + "\"",
                atMost,
                () -> messageOf(request).filter(message -> stages(message).contains(stage)));
    }

    /** Waits until the message of a request names this end; Slack's date markup carries the second. */
    void awaitEnd(String request, Instant end, Duration atMost) {
        String moment = "<!date^" + end.getEpochSecond() + "^";
        Await.awaitTrue(
                "the message of " + request + " with its end at " + end,
                atMost,
                () -> messageOf(request)
                        .filter(message -> message.readable().contains(moment))
                        .isPresent());
    }

    /** Every stage a message has shown, in order. */
    static List<String> stages(Message message) {
        return message.versions().stream().map(SlackChannel::stage).toList();
    }

    /** The text of a message when it first showed a stage. */
    static String textAt(Message message, String stage) {
        return message.versions().stream()
                .filter(version -> stage(version).equals(stage))
                .map(MessageVersion::text)
                .findFirst()
                .orElseThrow(() -> new NotObservedException("a version of the message at stage " + stage));
    }

    private static String stage(MessageVersion version) {
        return version.metadata().path("event_payload").path("stage").asText();
    }

    /** Waits for a direct message to a person that contains this text. */
    String awaitDirectMessage(String who, String containing, Duration atMost) {
        return Await.await(
                "a direct message to " + who + " with \"" + containing + "\"",
                atMost,
                () -> slack.dms(who).stream()
                        .map(message -> PlainText.text(message.readable()))
                        .filter(text -> text.contains(containing))
                        .findFirst());
    }
}
