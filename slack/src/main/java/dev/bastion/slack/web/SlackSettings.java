package dev.bastion.slack.web;

import dev.bastion.access.grant.InvalidValue;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of one Slack workspace.
 *
 * @param appToken the app-level token, {@code xapp-…}, with {@code connections:write}
 * @param botToken the bot's token, {@code xoxb-…}, with the scopes of {@code slack-manifest.yaml}
 * @param channel the id of the channel where grants are shown, like {@code C0123ABC}; the bot must be in it
 * @param apiUrl Slack's Web API, ending in a slash: {@code https://slack.com/api/}
 * @param commitPages what stands before a commit id where people read commits, like
 *     {@code https://github.com/acme/infra/commit/}; empty when there is no such page
 */
public record SlackSettings(
        String appToken, String botToken, String channel, String apiUrl, Optional<URI> commitPages) {
    private static final Pattern CHANNEL = Pattern.compile("[A-Z0-9]{3,32}");

    public SlackSettings {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new InvalidValue("Slack channel", channel, "the channel's id, like C0123ABC, not its name");
        }
        if (!apiUrl.matches("https?://.+/")) {
            throw new InvalidValue("Slack API url", apiUrl, "an address that ends in /, like https://slack.com/api/");
        }
    }

    @Override
    public String toString() {
        return "SlackSettings[appToken=Secret[…], botToken=Secret[…], channel=" + channel + ", apiUrl=" + apiUrl
                + ", commitPages=" + commitPages + "]";
    }
}
