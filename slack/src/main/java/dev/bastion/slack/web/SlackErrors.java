package dev.bastion.slack.web;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The meaning of Slack's error codes: which pass by themselves, and which last until a person repairs the token, the
 * scopes or the channel. Every other code is about the one call and is final.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">Errors of chat.postMessage</a>
 */
final class SlackErrors {
    private static final Set<String> TRANSIENT = Set.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "message_limit_exceeded",
            "external_channel_migrating");

    /** The methods that the service calls and that change nothing, and those that return the same when they are repeated. */
    private static final Set<String> READS = Set.of(
            "auth.test",
            "apps.connections.open",
            "conversations.history",
            "conversations.info",
            "conversations.open",
            "conversations.replies",
            "usergroups.users.list",
            "users.conversations",
            "users.info");

    private static final String NEW_TOKEN =
            "install the app again, put the new token into the secret and restart the service";
    private static final String INVITE = "invite the app to the channel: /invite @bastion";

    private static final Map<String, String> TOKEN_REMEDIES = Map.ofEntries(
            Map.entry("invalid_auth", NEW_TOKEN),
            Map.entry("not_authed", NEW_TOKEN),
            Map.entry("token_revoked", NEW_TOKEN),
            Map.entry("token_expired", NEW_TOKEN),
            Map.entry("account_inactive", NEW_TOKEN),
            Map.entry("app_deleted", NEW_TOKEN),
            Map.entry("org_login_required", "ask the workspace's administrators: the workspace moves into another org"),
            Map.entry("team_access_not_granted", "ask the org's administrators to allow the app in this workspace"),
            Map.entry("two_factor_setup_required", "set up two-factor authentication for the app's owner"),
            Map.entry("ekm_access_denied", "ask the workspace's administrators: they suspended posting"),
            Map.entry(
                    "accesslimited",
                    "ask the workspace's administrators to allow the address that the service calls from"),
            Map.entry("enterprise_is_restricted", "ask the org's administrators to allow the app in this workspace"),
            Map.entry("access_denied", "ask the workspace's administrators to allow the app"));

    private static final Map<String, String> CHANNEL_REMEDIES = Map.of(
            "not_in_channel", INVITE,
            "channel_not_found", "check slack.channel, and " + INVITE,
            "is_archived", "unarchive the channel, or set slack.channel to another one",
            "restricted_action", "let the app post in the channel (channel settings, posting permissions)",
            "restricted_action_read_only_channel", "let the app post in the channel (channel settings)");

    private static final Map<String, String> SCOPE_REMEDIES = Map.of(
            "missing_scope", "add the scopes of slack-manifest.yaml and install the app again",
            "no_permission", "add the scopes of slack-manifest.yaml and install the app again",
            "not_allowed_token_type", "check that slack.bot_token is xoxb-… and slack.app_token is xapp-…");

    private SlackErrors() {}

    /** Whether the method changes nothing in Slack. */
    static boolean onlyReads(String method) {
        return READS.contains(method);
    }

    /** Whether the same call can succeed later without a person's help. */
    static boolean passes(String error) {
        return TRANSIENT.contains(error);
    }

    /** What a person must do where the error means that the token is not accepted. */
    static Optional<String> tokenRemedy(String error) {
        return Optional.ofNullable(TOKEN_REMEDIES.get(error));
    }

    /** What a person must do where the error means that the app may not use the channel it posts in. */
    static Optional<String> channelRemedy(String error) {
        return Optional.ofNullable(CHANNEL_REMEDIES.get(error));
    }

    /** What a person must do where the error means that the app may not call the method. */
    static Optional<String> scopeRemedy(String error) {
        return Optional.ofNullable(SCOPE_REMEDIES.get(error));
    }
}
