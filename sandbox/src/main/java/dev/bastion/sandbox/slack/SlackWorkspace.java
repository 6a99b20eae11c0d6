package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.fault.Platform;
import dev.bastion.sandbox.slack.call.ApiCall;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.fault.SlackFaults;
import dev.bastion.sandbox.slack.interaction.ActingUser;
import dev.bastion.sandbox.slack.interaction.InteractionPayloads;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import dev.bastion.sandbox.slack.model.SlackTokens;
import dev.bastion.sandbox.slack.model.SlackUser;
import dev.bastion.sandbox.slack.socket.Delivery;
import dev.bastion.sandbox.slack.socket.Envelope;
import dev.bastion.sandbox.slack.view.ModalView;
import dev.bastion.sandbox.slack.workspace.DefaultPeople;
import dev.bastion.sandbox.slack.workspace.UserGroups;
import dev.bastion.sandbox.slack.workspace.WorkspaceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Slack workspace with one app installed: act as its people, read its messages, inject faults. */
public final class SlackWorkspace implements AutoCloseable {
    /** The channel the app was invited to. */
    public static final String CHANNEL = "C0123ABC";

    private final WorkspaceState parts;

    private SlackWorkspace(WorkspaceState parts) {
        this.parts = parts;
    }

    /** The same with every scope and feature, for tests that are not about them. */
    public static SlackWorkspace seeded(SlackTiming timing) {
        return seeded(timing, AppManifest.every());
    }

    /**
     * The usual people: members {@code john.doe} (U12345678), {@code jane.roe} (U23456789), {@code max.mustermann} (U34567890)
     * and {@code mallory} (U66666666, with a hostile display name), a guest, a stranger, a bot, a deactivated user; the
     * channel {@code #bastion} with all who may be in one.
     *
     * @param manifest what the app may do and has switched on
     */
    public static SlackWorkspace seeded(SlackTiming timing, AppManifest manifest) {
        return seeded(timing, manifest, InstantSource.system());
    }

    /**
     * The same at other times than the machine's.
     *
     * @param clock of messages; what a person does, and Slack's limits, keep the machine's
     */
    public static SlackWorkspace seeded(SlackTiming timing, AppManifest manifest, InstantSource clock) {
        SlackWorkspace workspace = new SlackWorkspace(WorkspaceState.with(timing, manifest, clock));
        DefaultPeople.people().forEach(workspace.parts.people()::add);
        Set<String> members = Stream.concat(
                        workspace.people().stream().map(SlackUser::id),
                        Stream.of(workspace.parts.app().botUser()))
                .collect(Collectors.toSet());
        workspace.parts.conversations().add(new Conversation(CHANNEL, "bastion", false, members));
        return workspace;
    }

    WorkspaceState parts() {
        return parts;
    }

    // ---- people ----------------------------------------------------------------------------------------------------

    public List<SlackUser> people() {
        return parts.people().all();
    }

    public void add(SlackUser user) {
        parts.people().add(user);
        parts.feed().changed();
    }

    /** Changes a person's account, as an administrator of the workspace does: deactivates it, or makes it a guest's. */
    public void change(String person, SlackUser.Kind kind) {
        add(as(person).user().as(kind));
    }

    /** The user groups. */
    public UserGroups userGroups() {
        return parts.userGroups();
    }

    public void add(Conversation conversation) {
        parts.conversations().add(conversation);
        parts.feed().changed();
    }

    /** A user to act as, by handle or id, in {@link #CHANNEL}. */
    public ActingUser as(String person) {
        SlackUser user = people().stream()
                .filter(candidate ->
                        candidate.name().equals(person) || candidate.id().equals(person))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no user is called " + person));
        return new ActingUser(parts, user, CHANNEL);
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    public List<Conversation> conversations() {
        return parts.conversations().all();
    }

    /** The messages of a conversation that all members see, oldest first. */
    public List<Message> messages(String channel) {
        return parts.conversations().messages(channel, message -> !message.isEphemeral());
    }

    /** The messages of {@link #CHANNEL} that all members see, oldest first. */
    public List<Message> messages() {
        return messages(CHANNEL);
    }

    /** The ephemeral messages to a person in all conversations, oldest first. */
    public List<Message> ephemerals(String person) {
        String id = as(person).user().id();
        return parts.conversations()
                .everywhere(message -> message.onlyFor().filter(id::equals).isPresent());
    }

    /** The direct messages between the app and a person, oldest first. */
    public List<Message> dms(String person) {
        String id = as(person).user().id();
        return conversations().stream()
                .filter(conversation ->
                        conversation.direct() && conversation.name().equals(id))
                .flatMap(conversation -> messages(conversation.id()).stream())
                .toList();
    }

    /** A message in its current version. */
    public Optional<Message> message(String channel, String ts) {
        return parts.conversations().find(channel, ts);
    }

    public Optional<ModalView> modal(String person) {
        return parts.views().top(as(person).user().id());
    }

    public Optional<ModalView> home(String person) {
        return parts.views().home(as(person).user().id());
    }

    /** Every Web API and response URL call, oldest first. */
    public List<ApiCall> calls() {
        return parts.transcript().calls();
    }

    /**
     * Writes the transcript, in order, one JSON object a line: {@code kind} is call, post, edit, delete, ephemeral,
     * envelope, acknowledgement or missed.
     */
    public void writeTranscript(Path file) throws IOException {
        Files.write(
                file,
                parts.transcript().lines().stream().map(ObjectNode::toString).toList());
    }

    /** Adds a listener that any thread calls when the workspace may look different. It must not block. */
    public void onChange(Runnable listener) {
        parts.feed().listen(listener);
    }

    // ---- the app ---------------------------------------------------------------------------------------------------

    public SlackTokens tokens() {
        return parts.tokens();
    }

    /** User id of the app's bot. */
    public String bot() {
        return parts.app().botUser();
    }

    /** The number of WebSockets that the app has open. */
    public int connections() {
        return parts.connections().count();
    }

    /** Sends the app an event such as {@code {"type": "app_home_opened", …}}. */
    public Delivery event(ObjectNode event) {
        return parts.socketMode()
                .deliver(
                        "events_api",
                        new InteractionPayloads(parts).event(event),
                        Envelope.AcknowledgementListener.nothing());
    }

    // ---- faults ----------------------------------------------------------------------------------------------------

    public SlackFaults faults() {
        return parts.faults();
    }

    /** All faults that can be switched on, each with its switch. */
    public List<FaultSwitch> faultSwitches() {
        Stream<FaultSwitch> ofTheChannel = Stream.of(
                FaultSwitch.lasting(
                        Platform.SLACK,
                        "NOT_IN_CHANNEL",
                        "Bot not in the channel",
                        "Calls about the channel answer not_in_channel.",
                        () -> !channel().has(bot()),
                        out -> isMember(!out)),
                FaultSwitch.lasting(
                        Platform.SLACK,
                        "ARCHIVED",
                        "Channel archived",
                        "Posts to the channel answer is_archived, edits is_inactive.",
                        () -> channel().isArchived(),
                        now -> add(channel().archived(now))),
                FaultSwitch.once(
                        Platform.SLACK,
                        "CUT",
                        "Cut the connections",
                        "Each WebSocket of the app ends without a close frame.",
                        this::cutSockets),
                FaultSwitch.once(
                        Platform.SLACK,
                        "REFRESH",
                        "Refresh the connections",
                        "Slack warns the app, and closes its WebSockets 10 seconds later.",
                        () -> refreshSockets(Duration.ofSeconds(10))));
        List<String> scopes = Stream.concat(parts.manifest().app().stream(), parts.manifest().bot().stream())
                .toList();
        return Stream.concat(parts.faults().switches(scopes).stream(), ofTheChannel)
                .toList();
    }

    private Conversation channel() {
        return parts.conversations().find(CHANNEL).orElseThrow();
    }

    private void isMember(boolean now) {
        Set<String> members = new HashSet<>(channel().members());
        if (now) {
            members.add(bot());
        } else {
            members.remove(bot());
        }
        add(channel().with(members));
    }

    /** Slack's rate limits; on from the start. */
    public void limitRates(boolean on) {
        parts.limits().turn(on);
    }

    /** Whether {@link #calls} and the transcript grow; on from the start. Very many calls need much memory. */
    public void keepTranscript(boolean on) {
        parts.transcript().keep(on);
    }

    /** Cuts every WebSocket without a close frame. */
    public void cutSockets() {
        parts.connections().cut();
    }

    /** Refreshes every WebSocket as Slack does: a warning, and after {@code notice} the request and the close. */
    public void refreshSockets(Duration notice) {
        parts.socketMode().refresh(notice);
    }

    @Override
    public void close() {
        parts.socketMode().close();
    }
}
