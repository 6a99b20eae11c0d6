package dev.bastion.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message.Metadata;
import dev.bastion.sandbox.slack.call.ApiCall;
import dev.bastion.sandbox.slack.conversation.Conversation;
import dev.bastion.sandbox.slack.conversation.Message;
import dev.bastion.sandbox.slack.conversation.MessageVersion;
import dev.bastion.sandbox.slack.fault.ApiFailure;
import dev.bastion.sandbox.slack.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Web API as Slack's own client sees it. */
class WebApiTest {
    private static final String CHANNEL = SlackWorkspace.CHANNEL;
    private static final String SECTION = """
        [{"type": "section", "text": {"type": "mrkdwn", "text": "%s"}}]\
        """;

    private final SlackServer server = SlackServer.start();
    private final SlackWorkspace slack = server.workspace();
    private final MethodsClient api = BoltClient.methods(server);

    @BeforeEach
    void unlimited() {
        slack.limitRates(false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ChatPostMessageResponse post(String channel, String text) throws IOException, SlackApiException {
        return api.chatPostMessage(message -> message.channel(channel).text(text));
    }

    @ParameterizedTest
    @CsvSource({
        "xoxb-somebody-else, auth.test, invalid_auth",
        "APP, chat.postMessage, not_allowed_token_type",
        "BOT, apps.connections.open, not_allowed_token_type",
        "BOT, chat.shout, unknown_method",
    })
    void tokensAreChecked(String token, String method, String error) throws Exception {
        String sent = token.equals("APP")
                ? slack.tokens().app()
                : token.equals("BOT") ? slack.tokens().bot() : token;

        assertThat(RawHttp.call(server, sent, method, "{}").path("error").asText())
                .isEqualTo(error);
    }

    @Test
    void aMessageIsPostedEditedAndKeepsWhatAnEditLeavesOut() throws Exception {
        var metadata = Metadata.builder()
                .eventType("grant")
                .eventPayload(Map.of("request", "01JHR"))
                .build();
        var posted = api.chatPostMessage(message -> message.channel(CHANNEL)
                .text("asked")
                .blocksAsString(SECTION.formatted("asked"))
                .metadata(metadata));
        api.chatUpdate(message -> message.channel(CHANNEL).ts(posted.getTs()).text("ready"));

        Message message = slack.message(CHANNEL, posted.getTs()).orElseThrow();
        assertThat(message.text()).isEqualTo("ready");
        assertThat(message.blocks()).hasSize(1);
        assertThat(message.metadata("request")).contains("01JHR");
        assertThat(message.versions()).extracting(MessageVersion::text).containsExactly("asked", "ready");
        var history = api.conversationsHistory(
                request -> request.channel(CHANNEL).includeAllMetadata(true).limit(1));
        assertThat(history.getMessages()).singleElement().satisfies(told -> {
            assertThat(told.getMetadata().getEventPayload()).containsEntry("request", "01JHR");
            assertThat(told.getEdited()).isNotNull();
        });
    }

    @Test
    void historyIsNewestFirstInPagesAndWithinBounds() throws Exception {
        for (int number = 1; number <= 5; number++) {
            post(CHANNEL, "message " + number);
        }
        var first = api.conversationsHistory(request -> request.channel(CHANNEL).limit(3));
        var second = api.conversationsHistory(request -> request.channel(CHANNEL)
                .limit(3)
                .cursor(first.getResponseMetadata().getNextCursor()));
        String third = first.getMessages().getLast().getTs();
        var exactly = api.conversationsHistory(
                request -> request.channel(CHANNEL).latest(third).oldest(third).inclusive(true));

        assertThat(first.getMessages())
                .extracting(com.slack.api.model.Message::getText)
                .containsExactly("message 5", "message 4", "message 3");
        assertThat(second.getMessages()).hasSize(2);
        assertThat(second.isHasMore()).isFalse();
        assertThat(exactly.getMessages())
                .extracting(com.slack.api.model.Message::getText)
                .containsExactly("message 3");
    }

    @ParameterizedTest
    @CsvSource({
        "C0NOWHERE, hello, channel_not_found",
        "C0OUTSIDE, hello, not_in_channel",
        "U78901234, hello, user_disabled",
        "U0DEPLOYBOT, hello, cannot_dm_bot",
        "U0NOBODY00, hello, user_not_found",
        "C0123ABC, , no_text",
    })
    void postingIsRefusedAsSlackDoes(String channel, String text, String error) throws Exception {
        slack.add(new Conversation("C0OUTSIDE", "outside", false, Set.of("U12345678")));

        assertThat(post(channel, text).getError()).isEqualTo(error);
    }

    @Test
    void limitsAreSlacks() throws Exception {
        String posted = post(CHANNEL, "x".repeat(40_000)).getTs();

        assertThat(post(CHANNEL, "x".repeat(40_001)).getError()).isEqualTo("msg_too_long");
        assertThat(api.chatUpdate(m -> m.channel(CHANNEL).ts(posted).text("x".repeat(4_001)))
                        .getError())
                .isEqualTo("msg_too_long");
        assertThat(blocks(SECTION.formatted("x".repeat(3_000))).isOk()).isTrue();
        var tooLong = blocks(SECTION.formatted("x".repeat(3_001)));
        assertThat(tooLong.getError()).isEqualTo("invalid_blocks");
        assertThat(tooLong.getResponseMetadata().getMessages())
                .containsExactly("[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
        String divider = "{\"type\": \"divider\"}";
        assertThat(blocks("[" + divider + ("," + divider).repeat(49) + "]").isOk())
                .isTrue();
        assertThat(blocks("[" + divider + ("," + divider).repeat(50) + "]").getError())
                .isEqualTo("invalid_blocks");
        assertThat(blocks("[{\"type\": \"sparkles\"}]").getError()).isEqualTo("invalid_blocks");
        assertThat(blocks("nonsense").getError()).isEqualTo("invalid_blocks_format");
    }

    private ChatPostMessageResponse blocks(String blocks) throws IOException, SlackApiException {
        return api.chatPostMessage(
                message -> message.channel(CHANNEL).text("text").blocksAsString(blocks));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "a < b & c > d -> a &lt; b &amp; c &gt; d",
                "&lt;!channel&gt; &amp; -> &lt;!channel&gt; &amp;",
                "<!channel> <@U12345678> -> <!channel> <@U12345678>",
                "<https://example.com/?a&b|x> -> <https://example.com/?a&b|x>",
                "<javascript:alert(1)|x> -> &lt;javascript:alert(1)|x&gt;",
            })
    void textIsStoredEscapedButForMentionsAndLinks(String sent, String stored) throws Exception {
        String ts = post(CHANNEL, sent).getTs();

        assertThat(slack.message(CHANNEL, ts).orElseThrow().text()).isEqualTo(stored);
    }

    @Test
    void anEphemeralIsForOneAndNotInHistory() throws Exception {
        api.chatPostEphemeral(
                message -> message.channel(CHANNEL).user("U23456789").text("only you"));

        assertThat(slack.ephemerals("jane.roe")).extracting(Message::text).containsExactly("only you");
        assertThat(slack.ephemerals("john.doe")).isEmpty();
        assertThat(api.conversationsHistory(request -> request.channel(CHANNEL)).getMessages())
                .isEmpty();
    }

    @Test
    void aDirectMessageGoesToThePersonsConversation() throws Exception {
        String opened = api.conversationsOpen(request -> request.users(List.of("U12345678")))
                .getChannel()
                .getId();

        assertThat(post("U12345678", "psst").getChannel()).isEqualTo(opened).startsWith("D");
        assertThat(slack.dms("john.doe")).extracting(Message::text).containsExactly("psst");
    }

    @ParameterizedTest
    @CsvSource({
        "U12345678, false, false, false, false",
        "U45678901, true, false, false, false",
        "U56789012, false, true, false, false",
        "U0DEPLOYBOT, false, false, true, false",
        "U78901234, false, false, false, true",
    })
    void peopleAreToldApart(String id, boolean guest, boolean stranger, boolean bot, boolean gone) throws Exception {
        var user = api.usersInfo(request -> request.user(id)).getUser();

        assertThat(user.isRestricted()).isEqualTo(guest);
        assertThat(user.isStranger()).isEqualTo(stranger);
        assertThat(user.isBot()).isEqualTo(bot);
        assertThat(user.isDeleted()).isEqualTo(gone);
    }

    @Test
    void postingFasterThanSlackAllowsIsRefusedWithTheTimeToWait() throws Exception {
        slack.limitRates(true);
        for (int burst = 0; burst < 5; burst++) {
            post(CHANNEL, "message " + burst);
        }

        assertThatThrownBy(() -> post(CHANNEL, "one too many"))
                .isInstanceOfSatisfying(SlackApiException.class, refused -> {
                    assertThat(refused.getResponse().code()).isEqualTo(429);
                    assertThat(refused.getResponse().header("Retry-After")).isEqualTo("1");
                });
        assertThat(post("U12345678", "another conversation").isOk()).isTrue();
    }

    @Test
    void faultsHappenAsOftenAsAskedAndTheRestIsFine() throws Exception {
        slack.faults().fail("chat.postMessage", new ApiFailure.Refused("fatal_error"), 1);
        slack.faults().fail("chat.postMessage", new ApiFailure.AnswerLost(), 1);

        assertThat(post(CHANNEL, "refused").getError()).isEqualTo("fatal_error");
        assertThatThrownBy(() -> post(CHANNEL, "lost"))
                .isInstanceOfSatisfying(
                        SlackApiException.class,
                        lost -> assertThat(lost.getResponse().code()).isEqualTo(502));
        assertThat(post(CHANNEL, "fine").isOk()).isTrue();
        assertThat(slack.messages()).extracting(Message::text).containsExactly("lost", "fine");
        assertThat(slack.calls()).extracting(ApiCall::status).containsExactly(200, 502, 200);
    }

    @Test
    void theTranscriptHoldsCallsAndVersionsButNoToken() throws Exception {
        var file = Files.createTempFile("slack", ".jsonl");
        String ts = post(CHANNEL, "one").getTs();
        api.chatUpdate(message -> message.channel(CHANNEL).ts(ts).text("two"));
        slack.writeTranscript(file);

        assertThat(Files.readAllLines(file))
                .extracting(line -> Json.parse(line).orElseThrow().path("kind").asText())
                .containsExactly("post", "call", "edit", "call");
        assertThat(file).content().doesNotContain(slack.tokens().bot());
        Files.delete(file);
    }

    @Test
    void withoutATokenNobodyIsServed() throws Exception {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(server.apiUrl());

        assertThat(Slack.getInstance(config)
                        .methods()
                        .apiTest(request -> request)
                        .getError())
                .isEqualTo("not_authed");
    }
}
