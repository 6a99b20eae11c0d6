package dev.bastion.slack.web;

import com.google.gson.JsonParseException;
import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check of the Slack app: both tokens, the scopes that the bot token has, and the channel. It posts nothing.
 *
 * @see <a href="https://docs.slack.dev/authentication/tokens">Tokens</a>
 */
public final class SlackCheck implements InstallationCheck {
    /** The scopes of {@code app/slack-manifest.yaml} that every installation needs. */
    static final Set<String> SCOPES = Set.of(
            "commands",
            "chat:write",
            "channels:history",
            "groups:history",
            "im:write",
            "im:history",
            "im:read",
            "users:read");

    /** An app that was made from an older manifest lacks it. */
    private static final Set<String> FOR_WAITING = Set.of("im:read");

    /** A scope of the manifest that only a policy with {@code slack-group:} needs; the check of audiences misses it then. */
    static final Set<String> OPTIONAL_SCOPES = Set.of("usergroups:read");

    /** Of a public channel, and of a private one. */
    private static final Set<String> ARCHIVED = Set.of("channel_archive", "group_archive");

    private static final String BOT = "slack.bot_token";
    private static final String APP = "slack.app_token";
    private static final String NEW_APP_TOKEN =
            "make an app-level token with connections:write (Basic Information → App-Level Tokens), and set " + APP;
    private static final String SAME_SCOPES = "give the app the scopes of app/slack-manifest.yaml and install it again";

    private final SlackSettings settings;
    private final boolean opensConnection;
    private final Supplier<List<String>> more;

    @FunctionalInterface
    private interface Call<T> {
        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    /** @param opensConnection whether to ask for a Socket Mode address, which a running service does anyway */
    public SlackCheck(SlackSettings settings, boolean opensConnection) {
        this(settings, opensConnection, List::of);
    }

    /** @param more further channels that messages go to */
    public SlackCheck(SlackSettings settings, boolean opensConnection, Supplier<List<String>> more) {
        this.settings = settings;
        this.opensConnection = opensConnection;
        this.more = more;
    }

    @Override
    public Area area() {
        return Area.SLACK;
    }

    @Override
    public String system() {
        return "Slack";
    }

    @Override
    public void examine(Findings found) {
        Slack slack = Slack.getInstance(SlackClient.config(settings));
        try {
            if (settings.botToken().startsWith("xapp-") && settings.appToken().startsWith("xoxb-")) {
                found.add(problem("tokens", "the two tokens are swapped", "exchange " + BOT + " and " + APP));
                return;
            }
            if (isOfKind(BOT, settings.botToken(), "xoxb-", "OAuth & Permissions → Bot User OAuth Token", found)) {
                examineBot(slack.methods(settings.botToken()), found);
            }
            if (isOfKind(APP, settings.appToken(), "xapp-", "Basic Information → App-Level Tokens", found)
                    && opensConnection) {
                examineConnection(slack.methods(), found);
            }
        } finally {
            close(slack);
        }
    }

    private static boolean isOfKind(String setting, String token, String prefix, String page, Findings found) {
        if (!token.startsWith(prefix)) {
            found.add(problem(
                    setting,
                    "it does not start with " + prefix + ", so it is another kind of token",
                    "take the one of the app's page " + page));
        }
        return token.startsWith(prefix);
    }

    private void examineBot(MethodsClient methods, Findings found) {
        AuthTestResponse self = call("auth.test", methods, api -> api.authTest(r -> r));
        if (!self.isOk()) {
            found.add(refused(BOT, "auth.test", error(self)));
            return;
        }
        found.add(Finding.ok(Area.SLACK, BOT, "it is @" + self.getUser() + " of the workspace " + self.getTeam()));
        Optional<Set<String>> scopes = scopes(self.getHttpResponseHeaders());
        found.add(scopes.map(SlackCheck::finding)
                .orElseGet(() -> Finding.unknown(
                        Area.SLACK,
                        "scopes",
                        "Slack's answer has no x-oauth-scopes header",
                        "compare OAuth & Permissions → Bot Token Scopes with app/slack-manifest.yaml")));
        Stream.concat(Stream.of(settings.channel()), more.get().stream())
                .distinct()
                .forEach(channel -> examineChannel(channel, methods, scopes.orElse(Set.of()), found));
        HomeTabCheck.examine(methods).ifPresent(found::add);
    }

    /** The scopes of the token; empty when the answer does not say. */
    private static Optional<Set<String>> scopes(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> "x-oauth-scopes".equalsIgnoreCase(header.getKey()))
                .findFirst()
                .map(header -> header.getValue().stream()
                        .flatMap(line -> Stream.of(line.split(",")))
                        .map(String::strip)
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Finding finding(Set<String> scopes) {
        Set<String> missing = new TreeSet<>(SCOPES);
        missing.removeAll(scopes);
        if (missing.equals(FOR_WAITING)) {
            return Finding.warning(
                    Area.SLACK,
                    "scopes",
                    "the bot token lacks im:read, so a restart forgets who waits for an environment; everything else works",
                    SAME_SCOPES);
        }
        if (!missing.isEmpty()) {
            return problem("scopes", "the bot token lacks " + String.join(", ", missing), SAME_SCOPES);
        }
        Set<String> more = new TreeSet<>(scopes);
        more.removeAll(SCOPES);
        more.removeAll(OPTIONAL_SCOPES);
        return more.isEmpty()
                ? Finding.ok(Area.SLACK, "scopes", "they are those of the manifest")
                : Finding.warning(
                        Area.SLACK,
                        "scopes",
                        "the bot token has " + String.join(", ", more) + ", which the service does not need",
                        "remove them from the app and install it again");
    }

    private static void examineChannel(String channel, MethodsClient methods, Set<String> scopes, Findings found) {
        String subject = "channel " + channel;
        ConversationsHistoryResponse read = call(
                "conversations.history",
                methods,
                api -> api.conversationsHistory(r -> r.channel(channel).limit(1)));
        if (!read.isOk()) {
            // a missing scope is said above, if the token tells its scopes
            if (!error(read).equals("missing_scope") || scopes.containsAll(SCOPES)) {
                found.add(refused(subject, "conversations.history", error(read)));
            }
            return;
        }
        found.add(
                endsArchived(read) || isArchived(channel, methods, scopes)
                        ? archived(subject)
                        : Finding.ok(Area.SLACK, subject, "the app is in it"));
    }

    /** Whether the newest message says that the channel was archived: no other can follow it but that it is back. */
    private static boolean endsArchived(ConversationsHistoryResponse read) {
        return Optional.ofNullable(read.getMessages()).orElse(List.of()).stream()
                .findFirst()
                .filter(newest -> ARCHIVED.contains(Objects.toString(newest.getSubtype(), "")))
                .isPresent();
    }

    /** Only with a scope that the manifest does not ask for. */
    private static boolean isArchived(String channel, MethodsClient methods, Set<String> scopes) {
        if (!scopes.contains("channels:read") && !scopes.contains("groups:read")) {
            return false;
        }
        var info = call("conversations.info", methods, api -> api.conversationsInfo(r -> r.channel(channel)));
        return info.isOk() && info.getChannel() != null && info.getChannel().isArchived();
    }

    private void examineConnection(MethodsClient methods, Findings found) {
        SlackApiTextResponse opened = call(
                "apps.connections.open", methods, api -> api.appsConnectionsOpen(r -> r.token(settings.appToken())));
        found.add(
                opened.isOk()
                        ? Finding.ok(Area.SLACK, APP, "it opens Socket Mode connections")
                        : problem(APP, answered("apps.connections.open", error(opened)), connectionRemedy(opened)));
    }

    private static String connectionRemedy(SlackApiTextResponse refusal) {
        return error(refusal).equals("missing_scope")
                ? NEW_APP_TOKEN
                : "turn on Socket Mode in the app's settings, or " + NEW_APP_TOKEN;
    }

    private static Finding refused(String subject, String method, String error) {
        String remedy = SlackErrors.tokenRemedy(error)
                .or(() -> SlackErrors.channelRemedy(error))
                .or(() -> SlackErrors.scopeRemedy(error))
                .orElse("see https://docs.slack.dev/reference/methods/" + method);
        return problem(subject, answered(method, error), remedy);
    }

    private static Finding archived(String subject) {
        return problem(
                subject,
                "it is archived (is_archived), so the service cannot post",
                SlackErrors.channelRemedy("is_archived").orElse(""));
    }

    private static String answered(String method, String error) {
        return "Slack answered " + method + " with " + error;
    }

    private static Finding problem(String subject, String meaning, String remedy) {
        return Finding.problem(Area.SLACK, subject, meaning, remedy);
    }

    private static String error(SlackApiTextResponse answer) {
        return Objects.toString(answer.getError(), "ok:false without an error");
    }

    /** @throws CheckFailed when Slack does not answer, or asks to be called later */
    private static <T extends SlackApiTextResponse> T call(String method, MethodsClient methods, Call<T> call) {
        try {
            T answer = call.on(methods);
            if (!answer.isOk()
                    && (SlackErrors.passes(error(answer)) || error(answer).equals("ratelimited"))) {
                throw new CheckFailed("calling " + method, new IOException(error(answer)));
            }
            return answer;
        } catch (SlackApiException e) {
            throw new CheckFailed(
                    "calling " + method,
                    new IOException("status " + e.getResponse().code(), e));
        } catch (IOException | JsonParseException e) {
            throw new CheckFailed("calling " + method, e);
        }
    }

    private static void close(Slack slack) {
        try {
            slack.close();
        } catch (Exception e) {
            throw new IllegalStateException("Slack's client could not be closed", e);
        }
    }
}
