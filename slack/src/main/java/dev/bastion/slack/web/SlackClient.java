package dev.bastion.slack.web;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.model.Message;
import com.slack.api.model.User;
import com.slack.api.model.view.View;
import dev.bastion.access.grant.AnnouncementRef;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import okhttp3.Response;

/**
 * Slack's Web API, as far as it is needed here. Every method asks once and throws {@link SlackFailure} when Slack does not
 * do it; none retries. Texts are sent with {@code parse=none}, so that Slack makes no links or mentions of bare words.
 */
public final class SlackClient implements AutoCloseable {
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    /** A conversation that is read whole is large, and Slack lets it be read a few dozen times a minute anyway. */
    private static final int READERS = 2;

    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);
    private static final Set<String> PASSING =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Slack slack;
    private final MethodsClient methods;
    private final String appToken;
    private final RateLimiter gate;
    private final Semaphore reading = new Semaphore(READERS, true);
    private final Map<String, String> directChannels = new ConcurrentHashMap<>();
    private volatile Optional<String> botId = Optional.empty();

    @FunctionalInterface
    private interface Call<T> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    public SlackClient(SlackSettings settings, InstantSource clock) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.apiUrl());
        config.setHttpClientCallTimeoutMillis(10_000);
        // The SDK's own statistics cost an auth.test per token and a thread; nobody reads them.
        config.setStatsEnabled(false);
        config.getMethodsConfig().setStatsEnabled(false);
        this.slack = Slack.getInstance(config);
        this.methods = slack.methods(settings.botToken());
        this.appToken = settings.appToken();
        this.gate = new RateLimiter(clock);
    }

    public Slack slack() {
        return slack;
    }

    /** Where to open a Socket Mode connection; good for one use within half a minute. */
    public String openConnection() {
        return call("apps.connections.open", api -> api.appsConnectionsOpen(r -> r.token(appToken)))
                .getUrl();
    }

    public AnnouncementRef post(String channel, SlackMessage card, MessageMetadata metadata) {
        var posted = call(
                "chat.postMessage",
                api -> api.chatPostMessage(r -> r.channel(channel)
                        .text(card.text())
                        .blocks(card.blocks())
                        .parse("none")
                        .unfurlLinks(false)
                        .unfurlMedia(false)
                        .metadata(metadata.toSlack())));
        return new AnnouncementRef(posted.getChannel() + "/" + posted.getTs());
    }

    public void message(String channel, SlackMessage card) {
        call(
                "chat.postMessage",
                api -> api.chatPostMessage(r -> r.channel(channel)
                        .text(card.text())
                        .blocks(card.blocks())
                        .parse("none")));
    }

    public void edit(AnnouncementRef message, SlackMessage card, MessageMetadata metadata) {
        call(
                "chat.update",
                api -> api.chatUpdate(r -> r.channel(channelOf(message))
                        .ts(timestampOf(message))
                        .text(card.text())
                        .blocks(card.blocks())
                        .parse("none")
                        .metadata(metadata.toSlack())));
    }

    /** Takes back a message of ours; one that is gone is no failure. */
    public void delete(AnnouncementRef message) {
        try {
            call(
                    "chat.delete",
                    api -> api.chatDelete(r -> r.channel(channelOf(message)).ts(timestampOf(message))));
        } catch (SlackFailure e) {
            if (!e.error().equals("message_not_found")) {
                throw e;
            }
        }
    }

    /** Below a message, and in the channel too, so that it is heard. */
    public void shout(AnnouncementRef message, SlackMessage card) {
        call(
                "chat.postMessage",
                api -> api.chatPostMessage(r -> r.channel(channelOf(message))
                        .threadTs(timestampOf(message))
                        .replyBroadcast(true)
                        .text(card.text())
                        .blocks(card.blocks())
                        .parse("none")));
    }

    public void postEphemeral(String channel, String user, SlackMessage card) {
        call(
                "chat.postEphemeral",
                api -> api.chatPostEphemeral(r -> r.channel(channel)
                        .user(user)
                        .text(card.text())
                        .blocks(card.blocks())
                        .parse("none")));
    }

    /** Answers where something was typed or pressed, for that person alone; five times within half an hour. */
    public void respond(String responseUrl, SlackMessage card) {
        gate.pass("response_url");
        Map<String, Object> answer = Map.of(
                "response_type", "ephemeral", "replace_original", false, "text", card.text(), "blocks", card.blocks());
        try (Response response = slack.getHttpClient().postJsonBody(responseUrl, answer)) {
            if (response.code() == 429) {
                throw gate.shut("response_url", retryAfter(response));
            }
            if (!response.isSuccessful()) {
                throw SlackFailure.refused("response_url", "status " + response.code());
            }
        } catch (IOException e) {
            throw SlackFailure.down("response_url", Objects.toString(e.getMessage(), "no answer"), e);
        }
    }

    public void openView(String trigger, View view) {
        call("views.open", api -> api.viewsOpen(r -> r.triggerId(trigger).view(view)));
    }

    public User userInfo(String user) {
        return call("users.info", api -> api.usersInfo(r -> r.user(user))).getUser();
    }

    /** The channel of our private conversation with somebody. */
    public String directChannel(String user) {
        Optional<String> known = Optional.ofNullable(directChannels.get(user));
        return known.orElseGet(() -> {
            String channel = call("conversations.open", api -> api.conversationsOpen(r -> r.users(List.of(user))))
                    .getChannel()
                    .getId();
            directChannels.put(user, channel);
            return channel;
        });
    }

    /** That very message and those before it, a page of them in all: what each of ours says of itself. */
    public Map<AnnouncementRef, Optional<MessageMetadata>> oursUpTo(AnnouncementRef message) {
        String channel = channelOf(message);
        var page = call(
                "conversations.history",
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

    /** Other apps may write the same metadata into the channel; only what our own bot posted counts. */
    private List<Message> ours(List<Message> messages) {
        String bot = botId();
        return messages.stream()
                .filter(message -> bot.equals(message.getBotId()))
                .toList();
    }

    private String botId() {
        return botId.orElseGet(() -> {
            String id = call("auth.test", api -> api.authTest(r -> r)).getBotId();
            botId = Optional.of(id);
            return id;
        });
    }

    private <T extends SlackApiTextResponse> T call(String method, Call<T> call) {
        gate.pass(method);
        try {
            T answer = call.on(methods);
            if (answer.isOk()) {
                return answer;
            }
            throw refusal(method, Objects.toString(answer.getError(), "ok:false without an error"));
        } catch (SlackApiException e) {
            throw e.getResponse().code() == 429
                    ? gate.shut(method, retryAfter(e.getResponse()))
                    : SlackFailure.down(method, "status " + e.getResponse().code(), e);
        } catch (IOException | JsonParseException e) {
            throw SlackFailure.down(method, Objects.toString(e.getMessage(), e.toString()), e);
        }
    }

    private SlackFailure refusal(String method, String error) {
        if ("ratelimited".equals(error)) {
            return gate.shut(method, DEFAULT_RETRY_AFTER);
        }
        return PASSING.contains(error) ? SlackFailure.down(method, error) : SlackFailure.refused(method, error);
    }

    private static Duration retryAfter(Response response) {
        String seconds = Objects.toString(response.header("Retry-After"), "");
        return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : DEFAULT_RETRY_AFTER;
    }

    private static String channelOf(AnnouncementRef message) {
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
