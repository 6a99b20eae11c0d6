package dev.bastion.slack.web;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import com.slack.api.model.view.View;
import com.slack.api.util.http.SlackHttpClient;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.telemetry.GrantTrace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;

/**
 * A client of Slack's Web API, with the methods the service needs. Every method calls Slack once and throws {@link
 * SlackFailure} when Slack does not do it; none retries. Texts are sent with {@code parse=none}, so that Slack makes no
 * links or mentions of bare words.
 */
public final class SlackClient implements AutoCloseable {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    /** Few, because a complete conversation is large and Slack allows only a few dozen reads a minute. */
    private static final int READERS = 2;

    private final Slack slack;
    private final WebApiCalls calls;
    private final SetupProblems problems;
    private final String appToken;
    private final Semaphore reading = new Semaphore(READERS, true);
    private final DirectChannels directChannels;
    private final String mainChannel;
    private final MessageSteps steps;
    private volatile Optional<String> botId = Optional.empty();

    public SlackClient(SlackSettings settings, InstantSource clock) {
        this(settings, GrantTrace.NONE, clock);
    }

    /** @param trace takes the messages about requests, as steps of their traces */
    public SlackClient(SlackSettings settings, GrantTrace trace, InstantSource clock) {
        this(Slack.getInstance(config(settings)), settings, trace, clock);
    }

    /** @param transport changes how calls are sent */
    public SlackClient(SlackSettings settings, Consumer<OkHttpClient.Builder> transport, InstantSource clock) {
        this(slack(config(settings), transport), settings, GrantTrace.NONE, clock);
    }

    private static Slack slack(SlackConfig config, Consumer<OkHttpClient.Builder> transport) {
        OkHttpClient.Builder builder = SlackHttpClient.buildOkHttpClient(config).newBuilder();
        transport.accept(builder);
        SlackHttpClient client = new SlackHttpClient(builder.build());
        client.setConfig(config);
        return Slack.getInstance(config, client);
    }

    private SlackClient(Slack slack, SlackSettings settings, GrantTrace trace, InstantSource clock) {
        this.steps = new MessageSteps(trace, clock);
        this.mainChannel = settings.channel();
        this.slack = slack;
        this.problems = new SetupProblems(clock);
        this.calls = new WebApiCalls(slack.methods(settings.botToken()), problems, clock);
        this.directChannels = new DirectChannels(calls);
        this.appToken = settings.appToken();
    }

    static SlackConfig config(SlackSettings settings) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.apiUrl());
        config.setHttpClientCallTimeoutMillis(10_000);
        // The SDK's own statistics cost an auth.test per token and a thread; the service does not use them.
        config.setStatsEnabled(false);
        config.getMethodsConfig().setStatsEnabled(false);
        return config;
    }

    public Slack slack() {
        return slack;
    }

    /** The problems that a person must fix before Slack accepts calls again, each a line with its remedy; empty if none. */
    public List<String> setupProblems() {
        return problems.lines();
    }

    /** Calls Slack once for each setup problem that can be tried, so that a repaired one goes away; throws nothing. */
    public void recheckSetup() {
        try {
            if (problems.stands(WebApiCalls.BOT_TOKEN)) {
                calls.call("auth.test", api -> api.authTest(r -> r));
            }
        } catch (SlackFailure _) {
            // The problem remains, or Slack does not answer; setupProblems() has the details.
        }
        problems.channels().forEach(this::recheck);
    }

    private void recheck(String channel) {
        try {
            call(
                    "conversations.history",
                    channel,
                    api -> api.conversationsHistory(r -> r.channel(channel).limit(1)));
        } catch (SlackFailure _) {
            // as above
        }
    }

    /** The address of a new Socket Mode connection; good for one use within half a minute. */
    public String openConnection() {
        return calls.call(
                        "apps.connections.open",
                        WebApiCalls.APP_TOKEN,
                        Optional.empty(),
                        api -> api.appsConnectionsOpen(r -> r.token(appToken)))
                .getUrl();
    }

    public AnnouncementRef post(String channel, SlackMessage message, PostedMetadata metadata) {
        return reference(steps.of(
                "post",
                metadata,
                () -> call(
                        "chat.postMessage",
                        channel,
                        api -> api.chatPostMessage(r -> r.channel(channel)
                                .text(message.text())
                                .blocks(message.blocks())
                                .parse("none")
                                .unfurlLinks(false)
                                .unfurlMedia(false)
                                .metadata(metadata.toSlack())))));
    }

    /** Posts in the message's thread and in the channel too. Slack sends a notification for this, but not for an edit. */
    public AnnouncementRef postInThread(AnnouncementRef parent, SlackMessage message, PostedMetadata metadata) {
        String channel = channelOf(parent);
        return reference(steps.of(
                "post",
                metadata,
                () -> call(
                        "chat.postMessage",
                        channel,
                        api -> api.chatPostMessage(r -> r.channel(channel)
                                .threadTs(timestampOf(parent))
                                .replyBroadcast(true)
                                .text(message.text())
                                .blocks(message.blocks())
                                .parse("none")
                                .metadata(metadata.toSlack())))));
    }

    private static AnnouncementRef reference(ChatPostMessageResponse posted) {
        return new AnnouncementRef(posted.getChannel() + "/" + posted.getTs());
    }

    /** A private message that nothing refers to later. */
    public void postPrivately(String user, SlackMessage message) {
        String channel = directChannel(user);
        calls.call(
                "chat.postMessage",
                api -> api.chatPostMessage(r -> r.channel(channel)
                        .text(message.text())
                        .blocks(message.blocks())
                        .parse("none")));
    }

    public void edit(AnnouncementRef posted, SlackMessage message, PostedMetadata metadata) {
        steps.of(
                "edit",
                metadata,
                () -> call(
                        "chat.update",
                        channelOf(posted),
                        api -> api.chatUpdate(r -> r.channel(channelOf(posted))
                                .ts(timestampOf(posted))
                                .text(message.text())
                                .blocks(message.blocks())
                                .parse("none")
                                .metadata(metadata.toSlack()))));
    }

    /** Deletes a message of ours; one that is gone is no failure. */
    public void delete(AnnouncementRef message) {
        try {
            call(
                    "chat.delete",
                    channelOf(message),
                    api -> api.chatDelete(r -> r.channel(channelOf(message)).ts(timestampOf(message))));
        } catch (SlackFailure e) {
            if (!e.error().equals("message_not_found")) {
                throw e;
            }
        }
    }

    public void postEphemeral(String channel, String user, SlackMessage message) {
        calls.call(
                "chat.postEphemeral",
                api -> api.chatPostEphemeral(r -> r.channel(channel)
                        .user(user)
                        .text(message.text())
                        .blocks(message.blocks())
                        .parse("none")));
    }

    /** Answers where something was typed or pressed, for that person alone; five times within half an hour. */
    public void respond(String responseUrl, SlackMessage message) {
        Map<String, Object> answer = Map.of(
                "response_type",
                "ephemeral",
                "replace_original",
                false,
                "text",
                message.text(),
                "blocks",
                message.blocks());
        calls.post("response_url", () -> slack.getHttpClient().postJsonBody(responseUrl, answer));
    }

    public void openView(String trigger, View view) {
        calls.call("views.open", api -> api.viewsOpen(r -> r.triggerId(trigger).view(view)));
    }

    /** @param hash of the view that is replaced; Slack refuses when it shows another one by now */
    public void updateView(String id, String hash, View view) {
        calls.call(
                "views.update",
                api -> api.viewsUpdate(r -> r.viewId(id).hash(hash).view(view)));
    }

    /** @param view of type {@code home}; needs no scope, but the app's Home tab */
    public void publishHome(String user, View view) {
        calls.call("views.publish", api -> api.viewsPublish(r -> r.userId(user).view(view)));
    }

    public User userInfo(String user) {
        return calls.call("users.info", api -> api.usersInfo(r -> r.user(user))).getUser();
    }

    /** The ids of an enabled user group's members. */
    public Set<String> userGroupMembers(String group) {
        return Set.copyOf(calls.call(
                        "usergroups.users.list",
                        api -> api.usergroupsUsersList(r -> r.usergroup(group).includeDisabled(false)))
                .getUsers());
    }

    /** The channel of our private conversation with a person. */
    public String directChannel(String user) {
        return directChannels.with(user);
    }

    /** The ids of our private conversations with people, at most two thousand; needs the scope {@code im:read}. */
    public List<String> directChannels() {
        return directChannels.all();
    }

    /** The metadata of that very message and of our messages before it, a page of the channel in all. */
    public Map<AnnouncementRef, Optional<MessageMetadata>> oursUpTo(AnnouncementRef message) {
        String channel = channelOf(message);
        var page = call(
                "conversations.history",
                channel,
                api -> api.conversationsHistory(r -> r.channel(channel)
                        .latest(timestampOf(message))
                        .inclusive(true)
                        .includeAllMetadata(true)
                        .limit(PAGE)));
        return ours(page.getMessages()).stream()
                .collect(Collectors.toMap(
                        found -> new AnnouncementRef(channel + "/" + found.getTs()), MessageMetadata::of));
    }

    /** Our own messages since then, newest first; at most the last two thousand messages are looked through. */
    public List<Message> oursSince(String channel, Instant oldest) {
        reading.acquireUninterruptibly();
        try {
            return pagesSince(channel, oldest);
        } finally {
            reading.release();
        }
    }

    private List<Message> pagesSince(String channel, Instant oldest) {
        List<Message> found = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = cursor;
            var messages = call(
                    "conversations.history",
                    channel,
                    api -> api.conversationsHistory(r -> r.channel(channel)
                            .oldest(oldest.getEpochSecond() + ".000000")
                            .includeAllMetadata(true)
                            .limit(PAGE)
                            .cursor(from.isEmpty() ? null : from)));
            found.addAll(ours(messages.getMessages()));
            cursor = Optional.ofNullable(messages.getResponseMetadata())
                    .map(next -> Objects.toString(next.getNextCursor(), ""))
                    .orElse("");
            if (cursor.isEmpty()) {
                break;
            }
        }
        return found;
    }

    /** Our own messages in the thread of that one; at most a page of them. */
    public List<Message> oursInThread(AnnouncementRef parent) {
        String channel = channelOf(parent);
        return ours(call(
                        "conversations.replies",
                        channel,
                        api -> api.conversationsReplies(r -> r.channel(channel)
                                .ts(timestampOf(parent))
                                .includeAllMetadata(true)
                                .limit(PAGE)))
                .getMessages());
    }

    /** Other apps may write the same metadata into the channel; only what our own bot posted counts. */
    private List<Message> ours(List<Message> messages) {
        String bot = botId();
        return messages.stream()
                .filter(message -> bot.equals(message.getBotId()))
                .toList();
    }

    private String botId() {
        return botId.orElseGet(() -> {
            String id = calls.call("auth.test", api -> api.authTest(r -> r)).getBotId();
            botId = Optional.of(id);
            return id;
        });
    }

    private <T extends SlackApiTextResponse> T call(String method, String channel, WebApiCalls.Call<T> call) {
        Optional<String> own = Optional.of(channel).filter(id -> id.equals(mainChannel) || isOurs(id, method));
        return calls.call(method, WebApiCalls.BOT_TOKEN, own, call);
    }

    /** Whether it is a channel of the ledger's configuration: a command can come from any channel, and only its answer goes there. */
    private static boolean isOurs(String id, String method) {
        return (id.startsWith("C") || id.startsWith("G")) && !method.equals("chat.postEphemeral");
    }

    /** The conversation that the message is in. */
    public static String channelOf(AnnouncementRef message) {
        return message.value().substring(0, message.value().indexOf('/'));
    }

    private static String timestampOf(AnnouncementRef message) {
        return message.value().substring(message.value().indexOf('/') + 1);
    }

    @Override
    public void close() {
        try {
            slack.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing the Slack client failed; the process may end all the same", e);
        }
    }
}
