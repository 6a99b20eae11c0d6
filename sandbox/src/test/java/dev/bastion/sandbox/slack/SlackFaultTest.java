package dev.bastion.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.slack.conversation.Conversation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault of Slack, and the scopes of the manifest, as a client of the Web API sees them. */
final class SlackFaultTest {
    private static final Path MANIFEST = Path.of("../app/slack-manifest.yaml");
    private static final String CHANNEL = "channel=" + SlackWorkspace.CHANNEL;
    private static final String POST = CHANNEL + "&text=hello";

    /** Those that change more than an answer; each has a test of its own, here or in SocketModeTest. */
    private static final Set<String> OWN_TEST =
            Set.of("SLACK_SLOW", "SLACK_TRIPLE", "SLACK_CUT", "SLACK_REFRESH", "SLACK_NO_SCOPE_COMMANDS");

    /** For each fault: posting, the channel's history, opening a direct conversation, a user, a new connection. */
    private static final Map<String, String> ANSWERS = Map.ofEntries(
            Map.entry("SLACK_DOWN", "503 503 503 503 503"),
            Map.entry("SLACK_RATE_LIMITED", "429 429 429 429 429"),
            Map.entry("SLACK_TOKEN_REVOKED", "token_revoked token_revoked token_revoked token_revoked ok"),
            Map.entry("SLACK_NO_CONNECTIONS", "ok ok ok ok internal_error"),
            Map.entry("SLACK_NOT_IN_CHANNEL", "not_in_channel not_in_channel ok ok ok"),
            Map.entry("SLACK_ARCHIVED", "is_archived ok ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_CONNECTIONS_WRITE", "ok ok ok ok missing_scope"),
            Map.entry("SLACK_NO_SCOPE_CHAT_WRITE", "missing_scope ok ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_CHANNELS_HISTORY", "ok missing_scope ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_GROUPS_HISTORY", "ok ok ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_IM_WRITE", "ok ok missing_scope ok ok"),
            Map.entry("SLACK_NO_SCOPE_IM_HISTORY", "ok ok ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_IM_READ", "ok ok ok ok ok"),
            Map.entry("SLACK_NO_SCOPE_USERS_READ", "ok ok ok missing_scope ok"),
            Map.entry("SLACK_NO_SCOPE_USERGROUPS_READ", "ok ok ok ok ok"));

    private final SlackServer server = SlackServer.start(MANIFEST);
    private final SlackWorkspace slack = server.workspace();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void everyFaultHasANameASentenceAndATest() {
        Set<String> tested = new HashSet<>(OWN_TEST);
        tested.addAll(ANSWERS.keySet());
        assertThat(slack.faultSwitches()).allSatisfy(fault -> {
            assertThat(fault.title()).hasSizeBetween(5, 32);
            assertThat(fault.effect()).endsWith(".");
        });
        assertThat(slack.faultSwitches().stream().map(FaultSwitch::id).collect(Collectors.toSet()))
                .isEqualTo(tested);
    }

    @Test
    void aFaultHasSlacksAnswersAndEndsWhenItIsSwitchedOff() {
        slack.limitRates(false);
        ANSWERS.forEach((id, answers) -> {
            fault(id).turn(true);
            assertThat(fault(id).isOn()).isTrue();
            assertThat(answers()).as(id).isEqualTo(answers);
            fault(id).turn(false);
            assertThat(answers()).as(id + " is over").isEqualTo("ok ok ok ok ok");
        });
    }

    private FaultSwitch fault(String id) {
        return slack.faultSwitches().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private String answers() {
        return answer("chat.postMessage", POST)
                + " " + answer("conversations.history", CHANNEL)
                + " " + answer("conversations.open", "users=U12345678")
                + " " + answer("users.info", "user=U12345678")
                + " " + error(call("apps.connections.open", "", slack.tokens().app()));
    }

    private String answer(String method, String form) {
        return error(call(method, form, slack.tokens().bot()));
    }

    private static String error(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                ? json(answer).path("error").asText("ok")
                : String.valueOf(answer.statusCode());
    }

    private HttpResponse<String> call(String method, String form, String token) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.apiUrl() + method))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void aListOfConversationsNeedsTheScopeOfTheirKind() {
        assertThat(answer("users.conversations", "types=im")).isEqualTo("ok");
        assertThat(answer("users.conversations", "")).isEqualTo("missing_scope");
        assertThat(answer("users.conversations", "types=private_channel")).isEqualTo("missing_scope");
        answer("conversations.open", "users=U12345678");
        answer("conversations.open", "users=U23456789");
        JsonNode first = json(
                call("users.conversations", "types=im&limit=1", slack.tokens().bot()));
        assertThat(first.at("/channels/0/user").asText()).isEqualTo("U12345678");
        String cursor = first.at("/response_metadata/next_cursor").asText();
        JsonNode second = json(call(
                "users.conversations",
                "types=im&limit=1&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8),
                slack.tokens().bot()));
        assertThat(second.at("/channels/0/user").asText()).isEqualTo("U23456789");
        assertThat(second.at("/response_metadata/next_cursor").asText()).isEmpty();
        fault("SLACK_NO_SCOPE_IM_READ").turn(true);
        assertThat(answer("users.conversations", "types=im")).isEqualTo("missing_scope");
    }

    @Test
    void aMissingScopeIsNamedAndSoAreThoseThatAreThere() {
        fault("SLACK_NO_SCOPE_CHAT_WRITE").turn(true);
        HttpResponse<String> refused =
                call("chat.postMessage", POST, slack.tokens().bot());
        assertThat(json(refused).path("needed").asText()).isEqualTo("chat:write");
        assertThat(json(refused).path("provided").asText())
                .contains("users:read")
                .doesNotContain("chat:write");
        assertThat(refused.headers().firstValue("x-oauth-scopes"))
                .contains(json(refused).path("provided").asText());
        assertThat(refused.headers().firstValue("x-accepted-oauth-scopes")).contains("chat:write");
    }

    @Test
    void eachAnswerNamesTheScopesOfItsToken() {
        assertThat(call("auth.test", "", slack.tokens().bot()).headers().firstValue("x-oauth-scopes"))
                .contains(
                        "commands,chat:write,channels:history,groups:history,im:write,im:history,im:read,users:read,usergroups:read");
        assertThat(call("auth.test", "", slack.tokens().app()).headers().firstValue("x-oauth-scopes"))
                .contains("connections:write");
        assertThat(call("auth.test", "", "xoxb-unknown").headers().firstValue("x-oauth-scopes"))
                .isEmpty();
    }

    @Test
    void whatTheManifestDoesNotAskForIsRefused() {
        assertThat(answer("conversations.info", CHANNEL)).isEqualTo("missing_scope");
        assertThat(json(call("conversations.info", CHANNEL, slack.tokens().bot()))
                        .path("needed")
                        .asText())
                .isEqualTo("channels:read");
    }

    @Test
    void aChannelIsOnlyForItsMembersAndAPrivateOneIsNotEvenSeen() {
        slack.add(new Conversation("C0PUBLIC", "public", false, Set.of("U12345678")));
        slack.add(new Conversation("C0PRIVATE", "private", false, Set.of("U12345678"), true, false));
        slack.add(new Conversation("C0INVITED", "invited", false, Set.of("U12345678", slack.bot()), true, false));
        assertThat(answer("chat.postMessage", "channel=C0PUBLIC&text=x")).isEqualTo("not_in_channel");
        assertThat(answer("conversations.history", "channel=C0PUBLIC")).isEqualTo("not_in_channel");
        assertThat(answer("chat.postMessage", "channel=C0PRIVATE&text=x")).isEqualTo("channel_not_found");
        assertThat(answer("conversations.history", "channel=C0PRIVATE")).isEqualTo("channel_not_found");
        assertThat(answer("chat.postMessage", "channel=C0INVITED&text=x")).isEqualTo("ok");
        fault("SLACK_NO_SCOPE_GROUPS_HISTORY").turn(true);
        assertThat(answer("conversations.history", "channel=C0INVITED")).isEqualTo("missing_scope");
        assertThat(answer("conversations.history", CHANNEL)).isEqualTo("ok");
    }

    @Test
    void aMessageInAnArchivedChannelIsNotEdited() {
        String ts = json(call("chat.postMessage", POST, slack.tokens().bot()))
                .path("ts")
                .asText();
        fault("SLACK_ARCHIVED").turn(true);
        assertThat(answer("chat.update", CHANNEL + "&text=new&ts=" + ts)).isEqualTo("is_inactive");
        assertThat(answer("chat.postEphemeral", POST + "&user=U12345678")).isEqualTo("is_archived");
    }

    @Test
    void aDeactivatedAccountHasLittleLeftAndTakesNoMessage() {
        JsonNode user =
                json(call("users.info", "user=U78901234", slack.tokens().bot())).path("user");
        assertThat(user.path("deleted").asBoolean()).isTrue();
        assertThat(user.has("tz") || user.has("is_restricted")).isFalse();
        assertThat(answer("conversations.open", "users=U78901234")).isEqualTo("user_disabled");
        assertThat(answer("conversations.open", "users=U0DEPLOYBOT")).isEqualTo("cannot_dm_bot");
    }

    @Test
    void aLimitSaysHowLongToWait() {
        fault("SLACK_RATE_LIMITED").turn(true);
        HttpResponse<String> refused =
                call("chat.postMessage", POST, slack.tokens().bot());
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(json(refused).path("error").asText()).isEqualTo("ratelimited");
    }

    @Test
    void slowIsSlow() {
        fault("SLACK_SLOW").turn(true);
        long start = System.nanoTime();
        assertThat(answer("auth.test", "")).isEqualTo("ok");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
}
