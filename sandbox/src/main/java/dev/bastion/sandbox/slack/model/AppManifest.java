package dev.bastion.sandbox.slack.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of an app's manifest that decides what the app may do.
 *
 * @param app the OAuth scopes of the app-level token
 * @param bot those of the bot token
 * @param homeTab whether the app has a Home tab
 * @param events the types of events that Slack sends to the app
 */
public record AppManifest(List<String> app, List<String> bot, boolean homeTab, List<String> events) {
    private static final List<String> APP_LEVEL = List.of("connections:write");
    /** All that the methods of this workspace can need. */
    private static final List<String> EVERY = List.of(
            "chat:write",
            "channels:history",
            "channels:manage",
            "channels:read",
            "commands",
            "groups:history",
            "groups:read",
            "groups:write",
            "im:history",
            "im:read",
            "im:write",
            "mpim:history",
            "mpim:read",
            "mpim:write",
            "usergroups:read",
            "users:read");

    private static final String HOME_OPENED = "app_home_opened";

    public AppManifest {
        app = List.copyOf(app);
        bot = List.copyOf(bot);
        events = List.copyOf(events);
    }

    /** Every scope that a method here can need, and every feature, for tests that are not about them. */
    public static AppManifest every() {
        return new AppManifest(APP_LEVEL, EVERY, true, List.of(HOME_OPENED));
    }

    /** The same app without a Home tab, as one that was made from an older manifest. */
    public AppManifest withoutHome() {
        return new AppManifest(app, bot, false, List.of());
    }

    /** Whether Slack tells the app that a person opened its Home tab. */
    public boolean tellsOfHome() {
        return homeTab && events.contains(HOME_OPENED);
    }

    /**
     * That of an app which is made from a manifest and has the app-level token that people are told to make.
     *
     * @param manifest in YAML, as Slack's pages take it
     */
    public static AppManifest read(Path manifest) {
        try {
            JsonNode root = new YAMLMapper().readTree(manifest.toFile());
            List<String> bot = texts(root.at("/oauth_config/scopes/bot"));
            if (bot.isEmpty()) {
                throw new IllegalArgumentException(manifest + " names no scope at oauth_config.scopes.bot");
            }
            return new AppManifest(
                    APP_LEVEL,
                    bot,
                    root.at("/features/app_home/home_tab_enabled").asBoolean(),
                    texts(root.at("/settings/event_subscriptions/bot_events")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the Slack manifest " + manifest, unreadable);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
